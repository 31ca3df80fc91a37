import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { ensureSigningKey, signStatement } from "#admin/certification/signing-key.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { extendElection } from "#admin/elections/closing.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { Certificate } from "#core/ballot-box.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { type ChangeStatement, Changes } from "#core/opening.ts";
import { applyElection, findElection } from "#storage/election-register.ts";
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
  expect(await liesWithChain(roll)).toEqual(["definition"]);
  expect(await liesWithChain(extension)).toEqual(["roll"]);
  expect(await liesWithChain()).toEqual(["definition", "roll"]);
  expect(await liesWithChain(roll, extension)).toEqual(["changes"]);
  expect(await liesWithChain({ ...extension, closesAt: "2025-01-02T07:00:00Z" }, roll)).toEqual(["definition"]);
  const text = await readFile(join(bundle.folder, "changes.json"), "utf8");
  expect(await liesWith("changes.json", canonicalText(JSON.parse(text).slice(1)))).toEqual(["changes", "definition"]);
  expect(await liesWith("changes.json", text.replace(EXTENDED, "2025-01-02T05:00:00Z"))).toContain("changes");
  expect(await liesWith("changes.json", undefined)).toContain("changes");
});

test("a change by another key, after closing, to an earlier closing, or in a region that the definition lacks is caught", async () => {
  const [extension = {}, roll = {}] = honest;
  expect(await liesWith("changes.json", await chainOf(honest, "CH-other"))).toEqual(["changes"]);
  const late = { ...extension, statedAt: "2025-01-02T00:00:00.000Z" };
  expect(await liesWithChain(late, { ...roll, statedAt: late.statedAt })).toEqual(["changes"]);
  expect(await liesWithChain(extension, { ...roll, statedAt: "2025-01-02T06:00:00.000Z" })).toEqual(["changes"]);
  expect(await liesWithChain(extension, roll, { ...extension, statedAt: "2025-01-01T13:00:00.000Z" })).toEqual([
    "changes",
  ]);
  expect(await liesWithChain(extension, { ...roll, onRoll: { all: 9, nowhere: 1 } })).toEqual(
    expect.arrayContaining(["changes", "roll"]),
  );
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
