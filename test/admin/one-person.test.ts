import { mkdir } from "node:fs/promises";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkRoll, importRoll } from "#admin/roll/import.ts";
import type { ImportOptions } from "#admin/roll/import-check.ts";
import { applyElection } from "#storage/election-register.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race } from "#test/definitions.ts";

/** One person, one entry on the roll, whatever their code is. */

const HEADER = "nas,code,region_id\n";

let office: Office;
let electionId: string;
let elections = 0;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `P${++elections}`;
  await applyElection(office.connection, race({ electionId }), { who: "Ada" });
});

const rollFile = (rows: string, name = "people.csv") => office.file(`${electionId}-${name}`, HEADER + rows);
const importRows = async (rows: string, options: ImportOptions = {}) =>
  importRoll(office.connection, electionId, await rollFile(rows), options);

describe("a person who is named with two codes", () => {
  const WITH_TWO = "123456789,ABC123,1\n987654321,XYZ789,2\n123 456 789,DEF456,1\n";

  test("in one file is told by line, and nothing is imported", async () => {
    expect(await refusal(importRows(WITH_TWO))).toBe(
      `${electionId}-people.csv: nothing was imported, for 1 bad row\n  line 4: an earlier line names the same person with another code`,
    );
    expect(await office.roll(electionId)).toEqual([]);
  });

  test("has the code of the first line when bad rows are skipped, also if that import was killed", async () => {
    expect(await importRows(WITH_TWO, { skipBad: true })).toMatchObject({ imported: 2, bad: 1 });
    const [kept] = await office.roll(electionId);
    await office.connection.documents.send(new DeleteCommand({ TableName: "roll", Key: { hash: kept?.hash } }));
    expect(await importRows(WITH_TWO, { skipBad: true })).toMatchObject({ imported: 1, bad: 1 });
    expect(await office.roll(electionId)).toHaveLength(2);
  });

  test("by the roll and by a file is told by line, in another region too", async () => {
    await importRows("123456789,ABC123,1\n");
    for (const region of ["1", "2"]) {
      const file = await rollFile(`987654321,XYZ789,2\n123456789,DEF456,${region}\n`, "more.csv");
      const told = "line 3: this person is already on the roll, with another code";
      expect(await refusal(importRoll(office.connection, electionId, file))).toContain(told);
      expect(await refusal(checkRoll(office.connection, electionId, file))).toContain(told);
    }
    expect(await office.roll(electionId)).toHaveLength(1);
  });

  test("in a large file is told wherever a block ends", async () => {
    const numbers = Array.from({ length: 3_000 }, (_, index) => `${100_000_000 + index},ABC123,1\n`);
    expect(await refusal(importRows(`${numbers.join("")}100000000,DEF456,1\n`))).toContain(
      "line 3002: an earlier line",
    );
  });
});

test("a person is known by all credentials but the last, or by the only one", async () => {
  const field = (name: string) => ({ name, label: { fr: name, en: name }, pattern: "[0-9]{1,4}" });
  const imported = async (id: string, fields: readonly string[], rows: string) => {
    await applyElection(office.connection, law({ electionId: id, credentialFields: fields.map(field) }), {
      who: "Ada",
    });
    const file = await office.file(`${id}.csv`, `${[...fields, "region_id"].join(",")}\n${rows}`);
    return importRoll(office.connection, id, file);
  };
  const three = "1,1990,1,all\n1,1991,1,all\n";
  expect(await imported(`${electionId}-a`, ["member", "born", "code"], three)).toMatchObject({ imported: 2 });
  expect(await refusal(imported(`${electionId}-b`, ["member", "born", "code"], `${three}1,1990,2,all\n`))).toContain(
    "line 4: an earlier line names the same person with another code",
  );
  expect(await imported(`${electionId}-c`, ["code"], "1,all\n2,all\n")).toMatchObject({ imported: 2 });
});

test("an entry of an earlier version says who it is once its file is imported again", async () => {
  await importRows("123456789,ABC123,1\n");
  const [{ identity, ...earlier } = {}] = await office.roll(electionId);
  await office.connection.documents.send(new PutCommand({ TableName: "roll", Item: earlier }));
  expect(await importRows("123456789,ABC123,1\n")).toMatchObject({ imported: 0, alreadyThere: 1 });
  expect(await office.roll(electionId)).toEqual([{ ...earlier, identity }]);
});

test("two files are not imported at once, lest each put the same person on the roll", async () => {
  const one = await rollFile("123456789,ABC123,1\n", "one.csv");
  const other = await rollFile("123456789,DEF456,1\n", "other.csv");
  const seen: string[] = [];
  await importRoll(office.connection, electionId, one, {
    async onProgress({ step }) {
      if (step !== "importing") return;
      seen.push(await refusal(importRoll(office.connection, electionId, other)));
    },
  });
  await expect.poll(() => seen).toEqual([expect.stringMatching(/imports of the roll have not ended: .*one\.csv/)]);

  // Nor files of one name and size, such as two officers who add the same person write.
  await mkdir(office.path("elsewhere"), { recursive: true });
  const same = (folder: string, code: string) =>
    office.file(`${folder}${electionId}-added.csv`, `${HEADER}777777777,${code},1\n`);
  const second = await same("elsewhere/", "DEF456");
  const told: string[] = [];
  await importRoll(office.connection, electionId, await same("", "ABC123"), {
    async onProgress({ step }) {
      if (step === "importing") told.push(await refusal(importRoll(office.connection, electionId, second)));
    },
  });
  await expect.poll(() => told).toEqual([expect.stringContaining("imports of the roll have not ended")]);

  // Or both begin once neither has seen the other.
  const results = await Promise.allSettled(
    ["a", "b"].map(async (code) =>
      importRoll(office.connection, electionId, await rollFile(`555555555,ABC12${code},1\n`, `${code}.csv`)),
    ),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await office.roll(electionId)).toHaveLength(3);
});
