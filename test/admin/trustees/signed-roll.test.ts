import { copyFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateOpening, stateRoll } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { askedOf } from "#admin/roll/people.ts";
import { agreedCeremony } from "#admin/trustees/agreed-ceremony.ts";
import { importSignedRoll } from "#admin/trustees/roll/import-roll.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { normaliseCredential } from "#core/credential.ts";
import { cardKey } from "#core/trustees/card-key.ts";
import { nobleCards } from "#core/trustees/noble-cards.ts";
import { isCheckedCode } from "#core/voting-code.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { applyElections } from "#storage/election-register.ts";
import { readBallotKey, readPepper } from "#storage/election-secrets.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { findElection } from "#storage/registered-elections.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdAll, type Meeting, meet } from "#test/admin/trustees/meeting.ts";
import { BY_TRUSTEES, law, race } from "#test/definitions.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const WHO = { who: "Ada", atMs: BEFORE };
const VOTERS = ["number,region_id,name", "7,1,Ada Roy", "12,2,Bo Lee", "8,1,Cy Fox", "9,1,=Di Ray", ""].join("\n");

const definition = race({ electionId: "L1", ...BY_TRUSTEES });

let meeting: Meeting;
const path = (name: string): string => meeting.path(name);
const registrarKey = (): string[] => ["--key", path("registrar.key"), "--passphrase-file", path("passphrase")];

const makeCards = (voters: string, folder = meeting.folder, name = "") =>
  meeting.scrutin(
    ...["registrar", "cards", "--ceremony", folder, ...registrarKey(), "--voters", voters],
    ...["--cards", path(`${name}cards.csv`), "--roll", path(`${name}roll.txt`)],
  );

const sign = (number: number, roll = path("roll.txt"), folder = meeting.folder) =>
  meeting.scrutin(
    ...["trustee", "sign-roll", folder, roll, "--key", path(`${number}.key`)],
    ...["--passphrase-file", path("passphrase")],
  );

const linesOf = async (file: string): Promise<readonly string[]> =>
  (await readFile(file, "utf8")).trimEnd().split("\n");

type Card = Readonly<{ number: string; code: string; regionId: string }>;

async function cardsIn(file: string): Promise<readonly Card[]> {
  const [, ...rows] = (await readFile(file, "utf8")).trimEnd().split("\r\n");
  return rows.map((row) => {
    const [number = "", code = "", regionId = ""] = row.split(",");
    return { number, code: normaliseCredential(code), regionId };
  });
}

beforeAll(async () => {
  meeting = await meet();
  await writeFile(path("law.json"), JSON.stringify(definition));
  await meeting.open();
  await holdAll(meeting);
  await meeting.scrutin("ceremony", "close", meeting.folder);
  await writeFile(path("voters.csv"), VOTERS);
  await meeting.scrutin(
    ...["trustee", "new", "--name", "Registrar of Laval", "--out", path("registrar.key")],
    ...["--passphrase-file", path("passphrase")],
  );
});
afterAll(() => meeting.end());

describe("a registrar", () => {
  test("is told of bad rows by line, and then nothing is made", async () => {
    const rows = ["number,region_id", "7,1", "seven,1", "8,3", "007,1", "7,2", ""];
    await writeFile(path("bad.csv"), rows.join("\n"));
    const { exitCode, stderr } = await makeCards(path("bad.csv"));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /bad.csv: no card was made, for 3 bad rows\n.*line 3: number .*\n.*line 4: .*\n.*line 6: has the number of line 2\n$/,
    );
    expect(stderr).not.toContain("seven");
    const there = await readdir(meeting.place);
    expect(there.filter((name) => /cards|roll/.test(name))).toEqual([]);
    expect(await readdir(meeting.folder)).not.toContain("roll.json");
  });

  test("makes for each voter a code of twelve characters and one that checks them, and signs the roll of their keys", async () => {
    const { exitCode, stdout, stderr } = await makeCards(path("voters.csv"));
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("4 voter keys, root ");
    expect(stdout).toContain("by Registrar of Laval");
    const cards = await cardsIn(path("cards.csv"));
    expect(cards.map(({ number, regionId }) => [number, regionId])).toEqual([
      ["7", "1"],
      ["12", "2"],
      ["8", "1"],
      ["9", "1"],
    ]);
    for (const { code } of cards) expect([code.length, isCheckedCode(code)]).toEqual([13, true]);
    // A spreadsheet runs nothing of it.
    expect(await readFile(path("cards.csv"), "utf8")).toContain("'=Di Ray");
  });

  test("makes a roll on which each card has its line, sorted, and nothing else", async () => {
    const made = (await cardsIn(path("cards.csv"))).map(
      ({ number, code, regionId }) => `${regionId},${cardKey(nodeCards, { electionId: "L1", number, code }).voterKey}`,
    );
    expect(await linesOf(path("roll.txt"))).toEqual(made.toSorted());
    const [first] = await cardsIn(path("cards.csv"));
    const card = { electionId: "L1", number: first?.number ?? "", code: first?.code ?? "" };
    expect(cardKey(nobleCards, card).voterKey).toBe(cardKey(nodeCards, card).voterKey);
  });

  test("leaves codes that only their owner can read, and never in the place of others", async () => {
    expect((await stat(path("cards.csv"))).mode & 0o777).toBe(0o600);
    const before = await readFile(path("cards.csv"));
    const again = await makeCards(path("voters.csv"));
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      `${meeting.folder}/roll.json: this file is there already, and was left as it is.\n`,
    ]);
    const copy = await meeting.copyOf("again");
    await rm(join(copy, "roll.json"));
    const elsewhere = await makeCards(path("voters.csv"), copy);
    expect(elsewhere.stderr).toBe(`${path("cards.csv")}: this file is there already, and was left as it is.\n`);
    expect(await readFile(path("cards.csv"))).toEqual(before);
    expect((await readdir(meeting.place)).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  });
});

describe("a trustee does not sign", () => {
  const KEY = cardKey(nodeCards, { electionId: "L1", number: "99", code: "2".repeat(13) }).voterKey;
  const SMALL = Buffer.concat([Buffer.of(1), Buffer.alloc(31)]).toString("base64url");

  test.each<[string, (lines: readonly string[]) => readonly string[], RegExp]>([
    [
      "a roll with one more key",
      (lines) => [...lines, `1,${KEY}`].sort(),
      /not the roll that Registrar of Laval signed/,
    ],
    ["a roll without a key", (lines) => lines.slice(1), /not the roll that Registrar of Laval signed/],
    ["a key twice", ([first = "", ...rest]) => [first, first, ...rest], /line 2 is the line before once more/],
    [
      "a key in two regions",
      (lines) => [...lines, `2,${lines[0]?.slice(2)}`].sort(),
      /lines [14] and [145] have the same voter key|lines \d and \d have the same voter key/,
    ],
    ["a key of small order", (lines) => [`1,${SMALL}`, ...lines].sort(), /line \d has no voter key/],
    ["half a key", ([first = "", ...rest]) => [first.slice(0, 30), ...rest], /line 1 has no voter key/],
    ["a region that there is not", ([first = "", ...rest]) => [...rest, `9${first.slice(1)}`], /line 4 names a region/],
    ["lines out of order", (lines) => lines.toReversed(), /line 2 does not come after the line before/],
    ["a name beside a key", ([first = "", ...rest]) => [`${first},Ada`, ...rest], /line 1 has no voter key/],
  ])("%s, and is told the line", async (_, change, told) => {
    await writeFile(path("other.txt"), `${change(await linesOf(path("roll.txt"))).join("\n")}\n`);
    const { exitCode, stderr } = await sign(1, path("other.txt"));
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(told)]);
    expect(await readdir(meeting.folder)).not.toContain("roll-trustee-1.json");
  });

  test("what a registrar's signature does not fit, nor the roll of another ceremony", async () => {
    const copy = await meeting.copyOf("altered");
    const file = join(copy, "roll.json");
    const whole = JSON.parse(await readFile(file, "utf8"));
    const { statement } = whole;
    const altered = [
      { ...whole, statement: { ...statement, registrar: { ...statement.registrar, name: "Registrar of Lévis" } } },
      { ...whole, statement: { ...statement, onRoll: { ...statement.onRoll, 1: 4 } } },
    ];
    for (const text of altered.map(canonicalText)) {
      await writeFile(file, text);
      const { exitCode, stderr } = await sign(1, path("roll.txt"), copy);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("the registrar's signature does not fit")]);
    }
  });

  test("with the key of somebody who is no trustee", async () => {
    await copyFile(path("registrar.key"), path("9.key"));
    const { exitCode, stderr } = await sign(9);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("is no trustee of this ceremony")]);
  });
});

describe("an election whose key trustees hold", () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const apply = async (folder?: string, of = definition) =>
    applyElections(office.connection, [of], {
      ...WHO,
      ...(folder !== undefined && { ceremony: await agreedCeremony(folder) }),
    });
  const importIt = (file = path("roll.txt"), folder = meeting.folder) =>
    importSignedRoll(office.connection, "L1", file, folder, WHO);
  const state = () => stateOpening(office.connection, "L1", WHO);

  test("is not registered without a ceremony that is rehearsed, for its own question", async () => {
    expect(await refusal(apply())).toContain("scrutin election apply FILE --ceremony FOLDER");
    expect(await refusal(apply(meeting.folder))).toContain("scrutin ceremony rehearse");
    await meeting.rehearse(1);
    expect(await refusal(apply(meeting.folder))).toContain("scrutin ceremony rehearse");
    await meeting.rehearse(3);
    const other = race({ electionId: "L1", ...BY_TRUSTEES, title: { fr: "Autre", en: "Other" } });
    expect(await refusal(apply(meeting.folder, other))).toContain("held for another question");
    expect(await refusal(apply(meeting.folder, { ...definition, electionId: "L2" }))).toContain(
      "the ceremony of election L1, not of L2",
    );
    const live = law({ electionId: "L1" });
    expect(await refusal(apply(meeting.folder, live))).toContain("takes no ceremony");
    expect(await findElection(office.connection, "L1")).toBeUndefined();
  });

  test("is registered with the trustees' key, and has neither pepper nor ballot key", async () => {
    expect(await apply(meeting.folder)).toEqual(["registered"]);
    const found = await electionsTable(office.connection.dynamodb, "elections").find("L1");
    expect(found?.publicKey).toBe(found?.ceremony?.publicKey);
    expect(found?.ceremonyWords?.en.split(" ")).toHaveLength(6);
    expect(await readPepper(office.connection, "L1")).toBeUndefined();
    expect(await readBallotKey(office.connection, "L1")).toBeUndefined();
    expect(await apply()).toEqual(["unchanged"]);
    expect(await refusal(apply(undefined, law({ electionId: "L1" })))).toContain("trust cannot change");
  });

  test("takes no roll that too few trustees have signed, nor any other", async () => {
    expect(await refusal(state())).toContain("has no signed roll");
    expect((await sign(1)).stdout).toContain("1 of the 2 who are needed; now it is the turn of the others");
    expect(await refusal(importIt())).toContain("1 of the 2 trustees who are needed have signed the roll");
    expect((await sign(2)).stdout).toContain("next: the officer: scrutin roll import L1");
    const lines = await linesOf(path("roll.txt"));
    await writeFile(path("other.txt"), `${lines.slice(1).join("\n")}\n`);
    expect(await refusal(importIt(path("other.txt")))).toContain("not the roll that Registrar of Laval signed");
    const copy = await meeting.copyOf("swapped");
    await copyFile(join(copy, "roll-trustee-1.json"), join(copy, "roll-trustee-2.json"));
    expect(await refusal(importIt(path("roll.txt"), copy))).toContain("files were swapped");
    expect(await office.roll("L1")).toEqual([]);
  });

  test("has the signed roll, with voter keys where hashes stand", async () => {
    expect(await importIt()).toMatchObject({ imported: 4, rollCounts: { 1: 3, 2: 1 } });
    expect(await importIt()).toMatchObject({ imported: 0, alreadyThere: 4 });
    const items = (await office.roll("L1")).map(({ regionId, hash }) => `${regionId},${hash}`);
    expect(items.toSorted()).toEqual(await linesOf(path("roll.txt")));
    expect((await findElection(office.connection, "L1"))?.signedRoll?.trustees.map(({ trustee }) => trustee)).toEqual([
      1, 2,
    ]);
  });

  test("has a roll to which nobody adds, and from which nobody is struck", async () => {
    const csv = await office.file("add.csv", "number,code,region_id\n77,ABC,1\n");
    const told = "the one that its registrar and trustees sign, whole";
    expect(await refusal(importRoll(office.connection, "L1", csv, WHO))).toContain(told);
    expect(await refusal(askedOf(office.connection, "L1", { asksRegion: false, atMs: BEFORE }))).toContain(told);
  });

  test("keeps its ceremony once the roll is signed", async () => {
    const another = await meet();
    try {
      await writeFile(another.path("law.json"), JSON.stringify(definition));
      await another.open();
      await holdAll(another);
      await another.scrutin("ceremony", "close", another.folder);
      for (const number of [1, 2]) await another.rehearse(number);
      expect(await refusal(apply(another.folder))).toContain("can no longer change");
      expect(await refusal(importIt(path("roll.txt"), another.folder))).toContain("not the ceremony with which");
    } finally {
      await another.end();
    }
  });

  test("is not opened with a key that was added to the table, or taken from it", async () => {
    const { documents, rollTable: TableName } = office.connection;
    const { voterKey: hash } = cardKey(nodeCards, { electionId: "L1", number: "99", code: "2".repeat(13) });
    const Item = { hash, electionId: "L1", regionId: "1", identity: hash };
    await documents.send(new PutCommand({ TableName, Item }));
    expect(await refusal(state())).toContain("not the one that registrar and trustees signed");
    await documents.send(new DeleteCommand({ TableName, Key: { hash } }));
    const [known] = await office.roll("L1");
    await documents.send(new DeleteCommand({ TableName, Key: { hash: known?.hash } }));
    expect(await refusal(state())).toContain("not the one that registrar and trustees signed");
    await documents.send(new PutCommand({ TableName, Item: known ?? {} }));
  });

  test("states the signed roll, and by which key acceptances are signed; nothing of the roll is stated anew", async () => {
    expect(await state()).toMatchObject({ outcome: "stated", voters: 4 });
    const found = await findElection(office.connection, "L1");
    const statement = found?.opening?.opening.statement;
    expect(statement?.rollRoot).toBe(found?.signedRoll?.statement.rollRoot);
    expect(statement?.onRoll).toEqual(found?.signedRoll?.statement.onRoll);
    expect([statement?.acknowledgementKey, statement?.publicKey]).toEqual([
      found?.acknowledgementKey,
      found?.publicKey,
    ]);
    const { documents, rollTable: TableName } = office.connection;
    const { voterKey: hash } = cardKey(nodeCards, { electionId: "L1", number: "99", code: "2".repeat(13) });
    await documents.send(
      new PutCommand({ TableName, Item: { hash, electionId: "L1", regionId: "1", identity: hash } }),
    );
    const stating = stateRoll(office.connection, "L1", (imports) => imports, WHO);
    expect(await refusal(stating)).toContain("not the one that registrar and trustees signed");
  });
});
