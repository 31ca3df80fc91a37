import { createSecretKey, randomBytes } from "node:crypto";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codesOf } from "#admin/cards/codes.ts";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { exportAudit } from "#admin/elections/audit.ts";
import { askedOf, readPeopleFile } from "#admin/roll/people.ts";
import type { Strike } from "#core/strike.ts";
import { readStampKey } from "#storage/election-secrets.ts";
import { strikeMark } from "#storage/strike-mark.ts";
import { ballots, CLOSED, choice, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { actOnRoll } from "#test/admin/strikes.ts";
import { law } from "#test/definitions.ts";

/** What officers did to the roll, in the certificate; and marks that silence a voter, of which it says nothing. */

const NOON = Date.parse("2025-01-01T12:00:00Z");
const ALL = "all";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** Eight voters, of whom the first three voted. */
async function held(electionId: string): Promise<void> {
  await holdElection(office, law({ electionId, ...CLOSED }), { [ALL]: 8 }, ballots(3, ALL, choice("oui")));
}

async function act(electionId: string, strike: Strike, voters: readonly number[], atMs = NOON) {
  const about = await askedOf(office.connection, electionId, { asksRegion: false, atMs });
  const rows = voters.map((voter) => `${String(voter).padStart(9, "0")}\n`);
  const file = await office.file(`${electionId}-${strike}.csv`, `nas\n${rows.join("")}`);
  const drawCode = strike === "reissued" ? { drawCode: codesOf(about.definition).draw } : {};
  return actOnRoll(office, about, strike, await readPeopleFile(file, about), {
    who: "Bo",
    atMs,
    ...drawCode,
  });
}

const certify = (electionId: string, name: string) =>
  certifyElection(office.connection, electionId, { out: office.path(name), ...OFFICER });

/** Writes a mark to the box, in the place of a voter's ballot. */
async function silence(electionId: string, hash: string, hasStampKey: boolean, regionId = ALL): Promise<void> {
  const stampKey = (await readStampKey(office.connection, electionId)) ?? new Uint8Array();
  const key = createSecretKey(hasStampKey ? stampKey : randomBytes(32));
  const at = "2025-01-01T12:00:00.000Z";
  const {
    oneTimeKey: _,
    envelope: __,
    ...Item
  } = strikeMark(key, {
    ...{ hash, electionId, regionId, strike: "removed", at },
  });
  await office.connection.documents.send(new PutCommand({ TableName: "votes", Item }));
}

test("struck codes are no ballots; the certificate counts them, and the signed changes tell the same", async () => {
  await held("ST1");
  expect(await act("ST1", "reissued", [0, 3, 4])).toMatchObject({ leftOut: [{ line: 2, why: "has voted" }] });
  await act("ST1", "removed", [5, 6]);
  await act("ST1", "voted-elsewhere", [7]);
  const { certificate, fingerprint: signedBy, opening, setAside } = await certify("ST1", "struck");
  const struck = { reissued: 2, removed: 2, moved: 0, "voted-elsewhere": 1 };
  expect(certificate).toMatchObject({ counts: { onRoll: 6, cast: 3, counted: 3, spoiled: 0 }, struck });
  expect(setAside).toEqual({ unstamped: [], "not-on-roll": [], "strike-not-on-roll": [] });
  const verified = await verifyBundle(office.path("struck"), { signedBy, opening });
  expect(verified.checks.filter(({ isTrue }) => isTrue === false)).toEqual([]);
  expect(formatVerification(verified)).toContain(
    "8 voters before voting, 6 after 3 signed changes; codes struck off: 2 reissued, 2 removed, 1 voted elsewhere",
  );
  expect(await recountTallies(office.connection, "ST1", { swap: false, ...OFFICER })).toMatchObject({
    ballots: 3,
    differences: [],
  });
  const audit = await exportAudit(office.connection, "ST1", office.path("audit.ndjson"));
  expect(audit).toMatchObject({ struck: 5, accepted: 3, unstamped: 0 });
});

test("a mark that is not an officer's is set aside and named, with a stamp or without", async () => {
  for (const [id, hasStampKey, standing, regionId] of [
    ["ST2", false, "unstamped", ALL],
    ["ST3", true, "strike-not-on-roll", ALL],
    ["ST6", true, "unstamped", "nowhere"],
  ] as const) {
    await held(id);
    const roll = await office.roll(id);
    const { Items = [] } = await office.connection.documents.send(new ScanCommand({ TableName: "votes" }));
    const voted = new Set(Items.map(({ hash }) => hash));
    const silenced = roll.find(({ hash }) => !voted.has(hash));
    await silence(id, String(silenced?.hash), hasStampKey, regionId);
    expect(await refusal(certify(id, `${id}-early`))).toContain("Ballots in the box: 4, counted in the tallies: 3");
    await recountTallies(office.connection, id, { swap: true, stillForMs: 0, ...OFFICER });
    const { certificate, setAside } = await certify(id, id);
    expect(setAside[standing]).toHaveLength(1);
    expect(certificate.counts).toMatchObject({ cast: 4, counted: 3, spoiled: 1, setAside: 1 });
  }
});
