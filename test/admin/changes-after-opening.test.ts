import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { formatElection } from "#admin/commands/election-report.ts";
import { stateOpening, stateRoll } from "#admin/elections/opening.ts";
import { extendElection } from "#admin/elections/times.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { Certificate } from "#core/ballot-box.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { type ChangeStatement, Changes } from "#core/opening.ts";
import { recordStated, stateChange } from "#storage/election-changes.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection, findStored } from "#storage/registered-elections.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { ballots, CLOSED, choice, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law } from "#test/definitions.ts";

/** The signed chain after an opening statement, and what the holder of the signing key forges in it. */

const ID = "CH1";
const EXTENDED = "2025-01-02T06:00:00Z";
const MORNING = Date.parse("2025-01-01T08:00:00Z");
const NOON = Date.parse("2025-01-01T12:00:00Z");

let office: Office;
let bundle: Readonly<{ folder: string; signedBy: string; opening: string }>;
let honest: readonly ChangeStatement[];

beforeAll(async () => {
  office = await openOffice();
  const { connection } = office;
  await holdElection(office, law({ electionId: ID, ...CLOSED }), { all: 9 }, ballots(4, "all", choice("oui")));
  await extendElection(connection, ID, EXTENDED, { who: "Ada", atMs: MORNING });
  const file = await office.file("late.csv", "nas,code,region_id\n999999999,ABC123,all\n");
  await importRoll(connection, ID, file, { atMs: NOON });
  const folder = office.path("changed");
  const { fingerprint, opening } = await certifyElection(connection, ID, { out: folder, ...OFFICER });
  bundle = { folder, signedBy: fingerprint, opening };
  const chain = Changes.parse(JSON.parse(await readFile(join(folder, "changes.json"), "utf8")));
  honest = chain.map(({ statement }) => statement);
});
afterAll(() => office.close());

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The names of the lies once a file of the bundle is another. */
async function liesWith(name: string, text: string | undefined): Promise<readonly string[]> {
  const { folder, ...expected } = bundle;
  const file = join(folder, name);
  const before = await readFile(file, "utf8");
  try {
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
    return await liesIn(folder, expected);
  } finally {
    await writeFile(file, before);
  }
}

/** A chain of these statements, each naming the one before, signed with an election's key. */
async function chainOf(statements: readonly object[], signer = ID): Promise<string> {
  const key = await ensureSigningKey(office.connection, signer);
  let previous = bundle.opening;
  const chain = statements.map((each) => {
    const statement = { ...each, previous };
    const link = { statement, signature: signStatement(key, statement) };
    previous = sha256(canonicalText(link));
    return link;
  });
  return canonicalText(chain);
}

const liesWithChain = async (...statements: readonly object[]) => liesWith("changes.json", await chainOf(statements));

test("an extension and a changed roll are signed one after the other, and verified", async () => {
  expect(honest.map(({ kind }) => kind)).toEqual(["extension", "roll"]);
  const { folder, ...expected } = bundle;
  const { checks } = await verifyBundle(folder, expected);
  expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name, isTrue }) => [name, isTrue])).toEqual([
    // Nothing shows beforehand who was added.
    ["roll", undefined],
  ]);
  expect(checks.find(({ name }) => name === "changes")?.finding).toMatchObject({ extensions: 1, rolls: 1 });
  const { acts } = JSON.parse(await readFile(join(folder, "certificate.json"), "utf8")) as Certificate;
  expect(acts).toEqual({
    signed: { times: 1, rolls: 1, withdrawals: 0, corrections: 0, lots: 0 },
    recorded: { "roll import": { acts: 2, people: 10 } },
  });
  expect(formatVerification({ checks, found: undefined })).toContain(
    "by the office's own record: roll import 2 (10 people)",
  );
  expect(checks.find(({ name }) => name === "definition")?.finding).toMatchObject({
    closing: { stated: CLOSED.closesAt, certified: EXTENDED },
  });
});

test("once the opening is stated, only a signed change moves the closing, never a deployment's definition", async () => {
  const definition = law({ electionId: "CH2", ...CLOSED });
  await applyElection(office.connection, definition, { who: "Ada", atMs: MORNING });
  await stateOpening(office.connection, "CH2", { who: "Ada", atMs: MORNING });
  const later = { ...definition, closesAt: EXTENDED };
  const applying = applyElection(office.connection, later, { who: "deployment", atMs: NOON });
  expect(await refusal(applying)).toContain("scrutin election extend CH2");
  await extendElection(office.connection, "CH2", EXTENDED, { who: "Bo", atMs: NOON });
  expect(await applyElection(office.connection, later, { who: "deployment", atMs: NOON })).toBe("unchanged");
  expect((await findElection(office.connection, "CH2"))?.opening?.changes).toMatchObject([
    { statement: { kind: "extension", closesAt: EXTENDED } },
  ]);
});

test("a change that was left out, added, altered or put elsewhere is caught", async () => {
  const [extension = {}, roll = {}] = honest;
  expect(await liesWithChain(extension, roll)).toEqual([]);
  expect(await liesWithChain(roll)).toEqual(["definition", "acts"]);
  expect(await liesWithChain(extension)).toEqual(["roll", "acts"]);
  expect(await liesWithChain()).toEqual(["definition", "roll", "acts"]);
  expect(await liesWithChain(roll, extension)).toEqual(["changes"]);
  expect(await liesWithChain({ ...extension, closesAt: "2025-01-02T07:00:00Z" }, roll)).toEqual(["definition"]);
  const text = await readFile(join(bundle.folder, "changes.json"), "utf8");
  expect(await liesWith("changes.json", canonicalText(JSON.parse(text).slice(1)))).toEqual([
    "changes",
    "definition",
    "acts",
  ]);
  expect(await liesWith("changes.json", text.replace(EXTENDED, "2025-01-02T05:00:00Z"))).toContain("changes");
  expect(await liesWith("changes.json", undefined)).toContain("changes");
});

test("the newest change, left out by who signs, is missed by whoever knows its SHA-256", async () => {
  const { folder, ...expected } = bundle;
  const [extension = {}] = honest;
  const links = await readFile(join(folder, "changes.json"), "utf8");
  const [, newest] = JSON.parse(links);
  const change = sha256(canonicalText(newest));
  for (const known of [expected.opening, change])
    expect(await liesIn(folder, { ...expected, change: known })).toEqual([]);
  const file = join(folder, "changes.json");
  await writeFile(file, await chainOf([extension]));
  // The roll, certified anew, would hide the rest.
  expect(await liesIn(folder, { ...expected, change })).toContain("changes");
  expect(await liesIn(folder, expected)).not.toContain("changes");
  await writeFile(file, links);
  expect(await refusal(verifyBundle(folder, { ...expected, change: "abc" }))).toContain("64 hexadecimal digits");
});

test("a change by another key, after closing, to an earlier closing, or in a region that the definition lacks is caught", async () => {
  const [extension = {}, roll = {}] = honest;
  expect(await liesWith("changes.json", await chainOf(honest, "CH-other"))).toEqual(["changes"]);
  const late = { ...extension, statedAt: "2025-01-02T00:00:00.000Z" };
  expect(await liesWithChain(late, { ...roll, statedAt: late.statedAt })).toEqual(["changes"]);
  expect(await liesWithChain(extension, { ...roll, statedAt: "2025-01-02T06:00:00.000Z" })).toEqual(["changes"]);
  expect(await liesWithChain(extension, roll, { ...extension, statedAt: "2025-01-01T13:00:00.000Z" })).toEqual([
    "changes",
    "acts",
  ]);
  expect(await liesWithChain(extension, { ...roll, onRoll: { all: 9, nowhere: 1 } })).toEqual(
    expect.arrayContaining(["changes", "roll"]),
  );
});

test("an extension taken back, and a postponement, are checked against the times before them", async () => {
  const [extension = {}, roll = {}] = honest;
  const back = (closesAt: string) => ({ ...extension, kind: "extension-taken-back", closesAt, by: "Ada" });
  // In force, so the certificate lies that says otherwise.
  expect(await liesWithChain(extension, back("2025-01-02T03:00:00Z"), roll)).toEqual(["definition", "acts"]);
  const first = CLOSED.closesAt;
  const faulty = [back(EXTENDED), back(new Date(Date.parse(first) - 1000).toISOString())];
  for (const fault of faulty) expect(await liesWithChain(extension, fault, roll)).toContain("changes");
  expect(await liesWithChain(extension, { ...back(first), statedAt: first }, roll)).toContain("changes");

  const { statement } = JSON.parse(await readFile(join(bundle.folder, "opening.json"), "utf8"));
  const { opensAt } = statement.definition;
  const before = new Date(Date.parse(opensAt) - 60_000).toISOString();
  const postponed = {
    ...extension,
    by: "Ada",
    kind: "postponement",
    opensAt: "2025-01-01T01:00:00Z",
    statedAt: opensAt,
  };
  expect(await liesWithChain(postponed, roll)).toContain("changes");
  expect(await liesWithChain({ ...postponed, opensAt, statedAt: before }, roll)).toContain("changes");
});

test("dates that contradict each other are caught: certified before a change or closing, stated after voting opened", async () => {
  const read = async (name: string) => JSON.parse(await readFile(join(bundle.folder, name), "utf8"));
  const key = await ensureSigningKey(office.connection, ID);
  const certificate: Certificate = await read("certificate.json");
  const early = { ...certificate, certifiedAt: "2025-01-01T11:00:00.000Z" };
  const signature = await readFile(join(bundle.folder, "signature.json"), "utf8");
  await writeFile(join(bundle.folder, "signature.json"), canonicalText(signStatement(key, early)));
  expect(await liesWith("certificate.json", canonicalText(early))).toEqual(["times"]);
  await writeFile(join(bundle.folder, "signature.json"), signature);

  const { statement } = await read("opening.json");
  const afterwards = { ...statement, statedAt: "2025-01-01T00:00:00.001Z" };
  const opening = canonicalText({ statement: afterwards, signature: signStatement(key, afterwards) });
  // Another statement than the one that was published, and that the changes follow.
  expect(await liesWith("opening.json", opening)).toEqual(["opening", "changes", "times"]);
});

test("a ballot sealed for another opening is spoiled, and certification names it with the other spoiled ones", async () => {
  const handedIn = [
    ...ballots(2, "all", choice("non")),
    { regionId: "all", selection: "other-opening" },
    { regionId: "all", selection: "garbage" },
  ] as const;
  const codes = await holdElection(office, law({ electionId: "CH3", ...CLOSED }), { all: 4 }, handedIn);
  const out = office.path("other-opening");
  const {
    certificate,
    spoiled,
    opening,
    fingerprint: signedBy,
  } = await certifyElection(office.connection, "CH3", {
    out,
    ...OFFICER,
  });
  expect(certificate.counts).toMatchObject({ cast: 4, counted: 2, spoiled: 2 });
  expect(spoiled.toSorted()).toEqual(codes.slice(2).toSorted());
  expect(await liesIn(out, { signedBy, opening })).toEqual([]);
});

test("a bundle of another format is told so, and is not called damaged", async () => {
  for (const [name, format] of [
    ["certificate.json", "scrutin-certificate"],
    ["opening.json", "scrutin-opening"],
    ["changes.json", "scrutin-change"],
  ] as const) {
    const text = await readFile(join(bundle.folder, name), "utf8");
    const other = text.replace(new RegExp(`"${format}-\\d+"`), `"${format}-0"`);
    expect(await refusal(liesWith(name, other))).toMatch(
      new RegExp(`in the format ${format}-0, and this version of Scrutin reads ${format}-\\d`),
    );
  }
});

const rollFile = (name: string, nas: string) => office.file(name, `nas,code,region_id\n${nas},ABC123,all\n`);

/** An import that is killed once its rows are written. */
async function killImport(electionId: string, file: string, atMs: number, meanwhile = async () => {}): Promise<void> {
  let running: Promise<void> | undefined;
  const importing = importRoll(office.connection, electionId, file, {
    who: "Ada",
    atMs,
    onProgress({ step }) {
      if (step !== "importing") return;
      running = meanwhile();
      throw new Error("killed");
    },
  });
  await expect(importing).rejects.toThrow("killed");
  await running;
}

const giveUp = (electionId: string, atMs: number) =>
  stateRoll(office.connection, electionId, (imports) => imports, { who: "Bo", atMs });

test("an import that was killed before closing is told, and one command makes its roll certifiable, signed as late", async () => {
  const { connection } = office;
  await holdElection(office, law({ electionId: "CH4", ...CLOSED }), { all: 3 }, ballots(2, "all", choice("oui")));
  const file = await rollFile("killed.csv", "999999999");
  await killImport("CH4", file, NOON);
  expect(await office.roll("CH4")).toHaveLength(4);
  const shown = await findElection(connection, "CH4");
  expect(shown && formatElection(shown, NOON)).toMatch(
    /killed\.csv \(\d+ bytes, [0-9a-f]{16}\), begun 2025-01-01T12:00:00\.000Z by Ada.* scrutin roll state CH4/,
  );
  const certify = (name: string) => certifyElection(connection, "CH4", { out: office.path(name), ...OFFICER });
  for (const refused of [
    () => stateOpening(connection, "CH4", { who: "Ada", atMs: NOON }),
    () => certify("unfinished"),
    () => importRoll(connection, "CH4", file, { atMs: OFFICER.atMs }),
  ]) {
    expect(await refusal(refused())).toContain("scrutin roll state CH4");
  }
  expect(await giveUp("CH4", OFFICER.atMs)).toMatchObject({ outcome: "late-roll", ended: [expect.any(String)] });
  const { fingerprint: signedBy, opening } = await certify("finished");
  const verified = await verifyBundle(office.path("finished"), { signedBy, opening });
  expect(verified.checks.filter(({ isTrue }) => isTrue !== true).map(({ name, isTrue }) => [name, isTrue])).toEqual([
    ["changes", undefined],
    ["roll", undefined],
  ]);
  expect(formatVerification(verified)).toContain("changes of the roll signed after closing: 1");
});

test("importing the file of a killed import again signs the change, and leaves nothing under way", async () => {
  await holdElection(office, law({ electionId: "CH5", ...CLOSED }), { all: 3 }, []);
  const file = await rollFile("again.csv", "999999999");
  await killImport("CH5", file, NOON);
  await importRoll(office.connection, "CH5", file, { atMs: NOON });
  expect(await findElection(office.connection, "CH5")).toMatchObject({
    rollImports: [],
    opening: { changes: [{ statement: { kind: "roll", onRoll: { all: 4 } } }] },
  });
});

test("an opening is not stated while the roll is being imported, nor over an import that came and went meanwhile", async () => {
  const { connection } = office;
  await applyElection(connection, law({ electionId: "CH6", ...CLOSED }), { who: "Ada", atMs: MORNING });
  const state = () => stateOpening(connection, "CH6", { who: "Ada", atMs: MORNING });
  await killImport("CH6", await rollFile("first.csv", "900000001"), MORNING, async () => {
    expect(await refusal(state())).toMatch(/first\.csv.* scrutin roll state CH6/);
  });
  expect(await giveUp("CH6", MORNING)).toMatchObject({ outcome: "not-opened" });

  const stored = await findStored(connection, "CH6");
  if (stored === undefined) throw new Error("it was applied");
  await importRoll(connection, "CH6", await rollFile("second.csv", "900000002"), { atMs: MORNING });
  const stated = { opening: "{}", changes: "[]", definition: stored.election.definition };
  expect(await recordStated(connection, stored, stated, stateChange("opening stated", OFFICER))).toBe(false);
  expect((await state()).voters).toBe(2);
});

test("an import signs a change at its end when the opening was stated since it began", async () => {
  const { connection } = office;
  await applyElection(connection, law({ electionId: "CH7", ...CLOSED }), { who: "Ada", atMs: MORNING });
  const { documents, electionsTable } = connection;
  // As seen by an import that read the election before the opening was stated.
  const { Item } = await documents.send(new GetCommand({ TableName: electionsTable, Key: { electionId: "CH7" } }));
  await stateOpening(connection, "CH7", { who: "Ada", atMs: MORNING });
  const reading = vi.spyOn(documents, "send").mockImplementationOnce(async () => ({ Item }));
  await importRoll(connection, "CH7", await rollFile("meanwhile.csv", "900000001"), { atMs: MORNING });
  reading.mockRestore();
  expect(await findElection(connection, "CH7")).toMatchObject({
    rollImports: [],
    opening: { opening: { statement: { onRoll: {} } }, changes: [{ statement: { kind: "roll", onRoll: { all: 1 } } }] },
  });
});

test("an import stops at the closing, and what it wrote before can be signed", async () => {
  const { connection } = office;
  await holdElection(office, law({ electionId: "CH8", ...CLOSED }), { all: 3 }, []);
  const file = await rollFile("midnight.csv", "900000001");
  const importing = importRoll(connection, "CH8", file, { atMs: Date.parse(CLOSED.closesAt) - 0.001 });
  expect(await refusal(importing)).toMatch(/closed during this import.* scrutin roll state CH8/);
  expect(await office.roll("CH8")).toHaveLength(3);
  expect(await giveUp("CH8", OFFICER.atMs)).toMatchObject({ outcome: "unchanged", ended: [expect.any(String)] });
  await certifyElection(connection, "CH8", { out: office.path("midnight"), ...OFFICER });
});
