import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codesOf } from "#admin/cards/codes.ts";
import { cancelElection } from "#admin/elections/cancellation.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { doAct, judgeAct } from "#admin/roll/acts.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { importRoll } from "#admin/roll/import.ts";
import { importRolls } from "#admin/roll/import-rolls.ts";
import { askedOf, onePerson } from "#admin/roll/people.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law } from "#test/definitions.ts";

/** What an officer's act on a roll meets between being judged and being done. */

const WHO = { who: "Ada" };
const CANCELLING = { ...WHO, reason: { fr: "Non.", en: "No." }, forgottenAfterMs: 0 };
const ROLL = "nas,code,region_id\n111111111,ABC111,1\n";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function opened(electionId: string, closesAt = "2099-12-31T23:59:59Z") {
  const { connection } = office;
  await applyElection(connection, law({ electionId, closesAt }), WHO);
  await importRoll(connection, electionId, await office.file(`${electionId}.csv`, ROLL));
  await stateOpening(connection, electionId, WHO);
  const asked = await askedOf(connection, electionId, { asksRegion: true });
  const person = (nas: string) => onePerson(asked, new Map(Object.entries({ nas, region_id: "1" })));
  return { asked, person, drawCode: codesOf(asked.definition).draw };
}

test("an act on an election that is cancelled just then changes nobody, and leaves no mark", async () => {
  const { asked, person, drawCode } = await opened("MA");
  const judged = await judgeAct(office.connection, asked, "reissued", person("111111111"));
  await cancelElection(office.connection, "MA", CANCELLING);
  const before = await office.roll("MA");
  const kept: unknown[] = [];
  const doing = doAct(office.connection, judged, {
    ...WHO,
    drawCode,
    keepCodes: async (codes) => void kept.push(codes),
  });
  expect(await refusal(doing)).toContain("Election MA was cancelled at");
  expect(await office.roll("MA")).toEqual(before);
  expect(kept).toEqual([]);
  expect((await findElection(office.connection, "MA"))?.rollImports).toEqual([]);
});

test("an import into an election that is cancelled just then writes nothing, and leaves no mark", async () => {
  await opened("MB");
  const file = await office.file("MB2.csv", "nas,code,region_id\n222222222,ABC222,1\n");
  const onPlan = () => void cancelling.push(cancelElection(office.connection, "MB", CANCELLING));
  const cancelling: Promise<unknown>[] = [];
  const connection = {
    ...office.connection,
    documents: new Proxy(office.connection.documents, {
      get: (target, name) =>
        name === "send"
          ? async (command: Parameters<typeof target.send>[0]) => {
              // Whatever follows the check waits until the cancellation is recorded.
              await Promise.all(cancelling);
              return target.send(command);
            }
          : Reflect.get(target, name),
    }),
  };
  expect(await refusal(importRolls(connection, ["MB"], file, { ...WHO, onPlan }))).toContain("was cancelled at");
  expect(await office.roll("MB")).toHaveLength(1);
  expect((await findElection(office.connection, "MB"))?.rollImports).toEqual([]);
});

test("codes are kept and told when adding people was refused after it began", async () => {
  const closesAt = "2099-01-01T00:00:00Z";
  const { asked, person, drawCode } = await opened("MC", closesAt);
  const out = office.path("MC-codes.csv");
  const told: string[] = [];
  const adding = addWithNewCodes(office.connection, [{ asked, people: person("333333333") }], {
    ...{ ...WHO, reason: undefined, drawCode, out, atMs: Date.parse(closesAt) - 1 },
    onPartly: (codes) => told.push(...codes.map(({ code }) => code)),
  });
  expect(await refusal(adding)).toContain("closed during this import");
  expect(told).toHaveLength(1);
  expect(await readFile(out, "utf8")).toContain(told[0]);
});
