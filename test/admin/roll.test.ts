import { createSecretKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generateRoll } from "#admin/roll/generation.ts";
import { importRoll } from "#admin/roll/import.ts";
import { namedVoters } from "#admin/roll/named-voters.ts";
import { noCounts, passThrough } from "#admin/roll/pass.ts";
import { checkCredentials } from "#core/credential.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { identityHash, voterHash } from "#storage/voter-hash.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race } from "#test/definitions.ts";

const HEADER = "nas,code,region_id\n";

let office: Office;
let electionId: string;
let elections = 0;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `E${++elections}`;
  await applyElection(office.connection, race({ electionId }), { who: "Ada" });
});

const importText = async (text: string, options = {}) =>
  importRoll(office.connection, electionId, await office.file(`${electionId}.csv`, text), options);

/** The message with which an import is refused. */
const refusalOf = (text: string, options = {}): Promise<string> =>
  importText(text, options).then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );

describe("importing a roll", () => {
  test("a roll of a thousand voters is imported, and again without harm", async () => {
    const out = office.path("thousand.csv");
    await generateRoll({ voters: 1000, regions: 2, out, shortCodes: true });
    const first = await importRoll(office.connection, electionId, out);
    expect(first).toMatchObject({ imported: 1000, alreadyThere: 0, bad: 0, rollCounts: { "1": 500, "2": 500 } });
    const roll = await office.roll(electionId);
    const second = await importRoll(office.connection, electionId, out);
    expect(second).toMatchObject({ imported: 0, alreadyThere: 1000, bad: 0, rollCounts: { "1": 500, "2": 500 } });
    expect(await office.roll(electionId)).toEqual(roll);
  });

  test("the roll has the hash that a vote computes, however the credentials are typed", async () => {
    await importText(`${HEADER}123-456 789,abc 123,1\n`);
    const { SecretString = "" } = await office.connection.secrets.send(
      new GetSecretValueCommand({ SecretId: `scrutin/test/pepper/${electionId}` }),
    );
    const checked = checkCredentials(race({ electionId }), { nas: "123456789", code: "ABC123" });
    const pepper = createSecretKey(SecretString, "base64url");
    const values = checked.ok ? checked.values : [];
    expect(await office.roll(electionId)).toEqual([
      {
        hash: voterHash(pepper, values, electionId),
        electionId,
        regionId: "1",
        identity: identityHash(pepper, ["123456789"], electionId),
      },
    ]);
    expect(await importText(`${HEADER}123456789,ABC123,1\n`)).toMatchObject({ imported: 0, alreadyThere: 1 });
  });

  test("a voter named twice in a file is on the roll once", async () => {
    expect(await importText(`${HEADER}123456789,ABC123,1\n123 456 789,abc123,1\n`)).toMatchObject({
      imported: 1,
      alreadyThere: 1,
      rollCounts: { "1": 1, "2": 0 },
    });
  });

  test("later voters are added to the roll, and turnout is measured against all of them", async () => {
    await importText(`${HEADER}123456789,ABC123,1\n`);
    expect(await importText(`${HEADER}123456789,ABC123,1\n987654321,XYZ789,2\n`)).toMatchObject({
      imported: 1,
      alreadyThere: 1,
    });
    expect((await findElection(office.connection, electionId))?.rollCounts).toEqual({ "1": 1, "2": 1 });
  });

  test("a law puts a voter of any region on the roll of the whole country", async () => {
    const lawId = `${electionId}-law`;
    await applyElection(office.connection, law({ electionId: lawId }), { who: "Ada" });
    const file = await office.file("law.csv", `${HEADER}123456789,ABC123,1\n987654321,XYZ789,somewhere\n`);
    expect(await importRoll(office.connection, lawId, file)).toMatchObject({ imported: 2, rollCounts: { all: 2 } });
  });

  test("the columns are the election's own credential fields", async () => {
    const credentialFields = [
      { name: "member_id", label: { fr: "Membre", en: "Member" }, pattern: "[0-9]{4}" },
      { name: "guid", label: { fr: "Jeton", en: "Token" }, pattern: "[0-9A-F]{32}" },
    ];
    const clubId = `${electionId}-club`;
    await applyElection(office.connection, law({ electionId: clubId, credentialFields }), { who: "Ada" });
    const file = await office.file(
      "club.csv",
      "region_id,guid,member_id\nall,6f9619ff-8b86-d011-b42d-00c04fc964ff,0042\n",
    );
    expect(await importRoll(office.connection, clubId, file)).toMatchObject({ imported: 1 });
  });

  test("a file from a French spreadsheet is read: byte order mark, semicolons, quotation marks, CRLF", async () => {
    const text = '\uFEFFNAS;Code;region_id\r\n"123456789";"ABC123";"1"\r\n\r\n987654321;XYZ789;2\r\n';
    expect(await importText(text)).toMatchObject({ imported: 2, rollCounts: { "1": 1, "2": 1 } });
  });
});

describe("a bad row", () => {
  test("refuses the whole file, with line number and reason", async () => {
    const message = await refusalOf(
      `${HEADER}123456789,ABC123,1\n12345678,ABC124,1\n123456780,ABC-12,1\n123456781,ABC125,9\n123456782,ABC126\n`,
    );
    expect(message).toBe(
      [
        `${electionId}.csv: nothing was imported, for 4 bad rows`,
        "  line 3: nas must have 9 digits: it seems to have lost a leading zero: format the column as text and fill it in again",
        "  line 4: code must have 6 letters or digits",
        `  line 5: region_id is not a region of election ${electionId}`,
        "  line 6: has 2 columns where the header has 3",
      ].join("\n"),
    );
    expect(await office.roll(electionId)).toEqual([]);
  });

  test("is left out with --skip-bad, and the others are imported", async () => {
    const text = `${HEADER}123456789,ABC123,1\n1234567890,ABC124,1\n987654321,XYZ789,2\n`;
    expect(await importText(text, { skipBad: true })).toMatchObject({
      imported: 2,
      bad: 1,
      badRows: [{ line: 3, problem: { en: "nas must have 9 digits", fr: "nas doit avoir 9 chiffres" } }],
    });
  });

  test("late in a large file still leaves the roll empty", async () => {
    const out = office.path("late.csv");
    await generateRoll({ voters: 3000, regions: 2, out, shortCodes: true });
    expect(await refusalOf(`${await readFile(out, "utf8")}1,2,3\n`)).toContain("line 3002: nas must have 9 digits");
    expect(await office.roll(electionId)).toEqual([]);
  });

  test("is one that moves a voter on the roll to another region", async () => {
    await importText(`${HEADER}123456789,ABC123,1\n`);
    expect(await refusalOf(`${HEADER}987654321,XYZ789,2\n123456789,ABC123,2\n`)).toContain(
      "line 3: this voter is already on the roll in region 1",
    );
    expect(await office.roll(electionId)).toMatchObject([{ regionId: "1" }]);
  });

  test("is one that repeats a voter of an earlier line in another region", async () => {
    expect(await refusalOf(`${HEADER}123456789,ABC123,1\n123456789,ABC123,2\n`)).toContain(
      "line 3: an earlier line names the same voter in another region",
    );
    expect(await office.roll(electionId)).toEqual([]);
  });

  test("the first twenty are listed and the rest counted", async () => {
    const message = await refusalOf(HEADER + "x,y,z\n".repeat(50));
    expect(message).toContain("50 bad rows");
    expect(message.split("\n")).toHaveLength(22);
    expect(message).toContain("and 30 more");
  });

  test("never has its NAS or code repeated, whatever is wrong", async () => {
    const [nas, code] = ["918273645", "QZ7W3K"];
    const faults = [
      `${nas},${code},1\n${nas},${code},1\n`,
      `${HEADER}${code},${nas},1\n`,
      `${HEADER}1,${code},${nas}\n`,
      `${HEADER}${nas},${code},${nas}\n`,
      `${HEADER}${nas},${code},1,${code}\n`,
      `${HEADER}${nas},${code},1\n${nas},${code},2\n`,
      `${HEADER}${nas},"${code},1\n${nas},${code},2\n`,
      `${HEADER}${nas},"${code}"x,1\n`,
      `${HEADER}${nas},"${code}${`${nas}\n`.repeat(2000)}\n`,
      `${nas};${code}\n`,
      nas,
    ];
    for (const text of faults) {
      const message = await refusalOf(text);
      expect(message).toMatch(/line \d/);
      expect(message).not.toContain(nas);
      expect(message).not.toContain(code);
    }
    expect(await office.roll(electionId)).toEqual([]);
  });
});

describe("an import is refused", () => {
  test("for an election that is not registered", async () => {
    const file = await office.file("some.csv", HEADER);
    await expect(importRoll(office.connection, "nothing", file)).rejects.toThrow(
      "There is no election nothing: apply its definition first.",
    );
  });

  test("after closing", async () => {
    expect(await refusalOf(HEADER, { atMs: Date.parse("2100-01-01T00:00:00Z") })).toContain("has closed");
  });

  test("for a missing file, a folder, or an empty file", async () => {
    const at = (path: string) => importRoll(office.connection, electionId, path);
    await expect(at(office.path("nowhere.csv"))).rejects.toThrow(/there is no such file/);
    await expect(at(office.path("."))).rejects.toThrow(/this is not a file/);
    await expect(at(await office.file("empty.csv", ""))).rejects.toThrow(/this file is empty/);
  });
});

test("rows that name a voter again are found as by a map of the whole file, wherever a block ends", async () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
  const naming = fc.tuple(fc.nat({ max: 2_000 }), fc.constantFrom("1", "2", "all"));
  const blocks = fc.array(fc.array(naming, { maxLength: 400 }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(hash, { minLength: 1, maxLength: 1_500 }), blocks, async (hashes, cut) => {
      let line = 1;
      const read = cut.map((namings) => ({
        rows: namings.map(([index, regionId]) => ({
          line: ++line,
          hash: hashes[index % hashes.length] ?? "",
          identity: hashes[index % hashes.length] ?? "",
          regionId,
        })),
        end: { bytes: 0, lines: line },
        threads: 1,
      }));
      const model = new Map<string, string>();
      const again: Record<"repeated" | "elsewhere", number[]> = { repeated: [], elsewhere: [] };
      for (const { line, hash: voter, regionId } of read.flatMap(({ rows }) => rows)) {
        const known = model.get(voter);
        if (known === undefined) model.set(voter, regionId);
        else again[known === regionId ? "repeated" : "elsewhere"].push(line);
      }
      const counts = noCounts();
      await passThrough(Readable.from(read), counts, { named: namedVoters(), countsRepeated: true, onBlock() {} });
      expect(counts).toMatchObject({
        rows: line - 1,
        repeated: again.repeated.length,
        repeatedLines: again.repeated.slice(0, 20),
        bad: again.elsewhere.length,
      });
      expect(counts.badRows.map((row) => row.line)).toEqual(again.elsewhere.slice(0, 20));
    }),
    { numRuns: 15 },
  );
});
