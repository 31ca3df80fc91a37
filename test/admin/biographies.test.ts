import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { formatElection } from "#admin/commands/election-report.ts";
import { correctElection, correctTexts } from "#admin/elections/correction.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { keepApart, textsNamedBy } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { applyElection } from "#storage/election-register.ts";
import { changesTexts, electionsTable, openingTexts } from "#storage/elections-table.ts";
import { findElection } from "#storage/registered-elections.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { ballots, CLOSED, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { raceWithBiographies } from "#test/definitions.ts";

/** An election whose biographies are kept apart, from its opening statement to its bundle. */

const definition = raceWithBiographies({ electionId: "BIO", ...CLOSED });
const { definition: registered, texts } = keepApart(definition);
let office: Office;
let folder: string;
let known: Readonly<{ signedBy: string; opening: string }>;

beforeAll(async () => {
  office = await openOffice();
  const handedIn = [
    ...ballots(2, "1", { kind: "candidate", candidateId: "1-3" }),
    ...ballots(1, "2", { kind: "candidate", candidateId: "2-0" }),
  ];
  await holdElection(office, definition, { "1": 3, "2": 2 }, handedIn);
  folder = office.path("bundle");
  const { fingerprint, opening } = await certifyElection(office.connection, "BIO", { out: folder, ...OFFICER });
  known = { signedBy: fingerprint, opening };
});
afterAll(() => office.close());

/** The lies once a file of the bundle is another. */
async function liesWith(name: string, change: (text: string) => string): Promise<readonly string[]> {
  const text = await readFile(join(folder, name), "utf8");
  await writeFile(join(folder, name), change(text));
  try {
    return await liesIn(folder, known);
  } finally {
    await writeFile(join(folder, name), text);
  }
}

test("the opening statement and the certificate name the biographies; the bundle has them, and is verified with them", async () => {
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));
  const { biographies } = JSON.parse(JSON.stringify(registered));
  expect(Object.keys(biographies)).toEqual(["1", "2"]);
  expect((await read("opening.json")).statement.definition.biographies).toEqual(biographies);
  expect((await read("certificate.json")).definition.biographies).toEqual(biographies);
  expect(await readFile(join(folder, "biographies.ndjson"), "utf8")).toBe(`${texts.join("\n")}\n`);
  const verification = await verifyBundle(folder, known);
  expect(formatVerification(verification)).toMatch(/ok +biographies +2 texts, each as the definition names it/);
  expect(verification.checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
});

test("a biography that was changed, left out or added after the vote is caught", async () => {
  for (const change of [
    (text: string) => text.replace("Candidate 0 of 1", "Candidate 0 of 2"),
    (text: string) => text.slice(text.indexOf("\n") + 1),
    (text: string) => `${text}${text.slice(0, text.indexOf("\n") + 1)}`,
  ]) {
    expect(await liesWith("biographies.ndjson", change)).toEqual(["biographies"]);
  }
  await rm(join(folder, "biographies.ndjson"));
  expect(await refusal(verifyBundle(folder, known))).toContain("biographies.ndjson cannot be read");
  await writeFile(join(folder, "biographies.ndjson"), `${texts.join("\n")}\n`);
  const others = await liesWith("certificate.json", (text) =>
    text.replace(/(?<="biographies":\{"1":")./, (digit) => (digit === "0" ? "1" : "0")),
  );
  expect(others).toEqual(["signature", "definition", "biographies"]);
});

test("election show says where the biographies are, and certification which backup to restore when they are lost", async () => {
  const election = await findElection(office.connection, "BIO");
  if (election === undefined) throw new Error("it was registered");
  expect(election.definition).toEqual(registered);
  expect(formatElection(election, OFFICER.atMs)).toMatch(/biographies +kept apart, by region: GET/);
  const [sha256] = textsNamedBy(registered);
  const { documents, biographiesTable: TableName } = office.connection;
  await documents.send(new DeleteCommand({ TableName, Key: { text: `BIO#${sha256}`, part: "000" } }));
  const again = certifyElection(office.connection, "BIO", { out: office.path("again"), ...OFFICER });
  expect(await refusal(again)).toBe(
    "Biographies of election BIO are missing: restore the table biographies from a backup (docs/runbook.md).",
  );
});

test("a biography that is kept apart is corrected, and told, and the file applies with either text", async () => {
  const { connection } = office;
  const before = raceWithBiographies({ electionId: "BIO2", ...CLOSED });
  if (before.votingMethod === "referendum") throw new Error("it is a race");
  const right = { fr: "Élue. ".padEnd(4_000, "è"), en: "Candidate 3 of 1, put right. ".padEnd(4_000, "e") };
  const withBio = (bio: typeof right | undefined) => ({
    ...before,
    candidates: before.candidates.map((one) => (one.candidateId === "1-3" ? { ...one, bio } : one)),
  });
  await holdElection(office, before, { "1": 2, "2": 1 }, ballots(1, "1", { kind: "candidate", candidateId: "1-3" }));
  const noon = { who: "Ada", atMs: Date.parse("2025-01-01T12:00:00Z") };
  const act = (file: typeof before) => correctElection(connection, file, noon);

  const { bio: _, ...without } = before.candidates[3] ?? {};
  const shortened = { ...before, candidates: before.candidates.with(3, without as (typeof before.candidates)[0]) };
  expect(await refusal(act(shortened))).toContain("the biography of candidate 1-3 can be corrected, and not left out");
  expect(await refusal(act(before))).toContain("has these names and texts already");
  const asIt = before.candidates[3]?.bio ?? right;
  const stored = correctTexts(connection, "BIO2", [{ of: "candidates.1-3.bio", to: asIt }], noon);
  expect(await refusal(stored)).toContain("has these names and texts already");
  const { record, newest } = await act(withBio(right));
  expect(record.what).toMatch(
    /^corrected candidates\.1-3\.bio from “Candidate 3 of 1\. e+…” to “Candidate 3 of 1, put right\. e+…”/,
  );
  expect(await refusal(act(withBio(right)))).toContain("has these names and texts already");

  const deployed = (file: typeof before) => {
    const { definition: apart, texts: lines } = keepApart(file);
    async function* biographiesOf() {
      yield* lines;
    }
    return applyElection(connection, apart, { ...noon, biographiesOf });
  };
  for (const file of [before, withBio(right)]) {
    expect(await applyElection(connection, file, noon)).toBe("unchanged");
    expect(await deployed(file)).toBe("unchanged");
  }
  const other = withBio({ ...right, en: "Somebody else" });
  expect(await refusal(applyElection(connection, other, noon))).toContain("biographies cannot change");

  const { dynamodb, electionsTable: table, biographiesTable } = connection;
  const elections = createElectionsHandler({
    elections: electionsTable(dynamodb, table),
    openingOf: openingTexts(dynamodb, table),
    changesOf: changesTexts(dynamodb, table),
    biographiesOf: biographyTexts(dynamodb, biographiesTable),
    now: () => noon.atMs,
  });
  const pathParameters = { election_id: "BIO2", region_id: "1" };
  const event = { routeKey: "GET /candidates", headers: {}, pathParameters } as unknown as HttpEvent;
  const { body } = await elections(event, {} as Parameters<typeof elections>[1]);
  const shown = JSON.parse(String(body)).map(({ bio }: { bio: typeof right }) => bio.en.slice(0, 28));
  expect(shown.slice(2, 4)).toEqual(["Candidate 2 of 1. eeeeeeeeee", "Candidate 3 of 1, put right."]);

  const out = office.path("bio2");
  const { certificate, fingerprint, opening } = await certifyElection(connection, "BIO2", { out, ...OFFICER });
  expect(certificate.definition.corrections).toMatchObject([{ of: "candidates.1-3.bio", to: right }]);
  const expected = { signedBy: fingerprint, opening, change: newest };
  expect((await verifyBundle(out, expected)).checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);

  // Whoever signs says that another text stood there.
  const key = await ensureSigningKey(connection, "BIO2");
  const signed = async (name: string, change: (text: string) => string) => {
    const value = JSON.parse(change(await readFile(join(out, name), "utf8")));
    const one = name === "changes.json" ? value[0] : undefined;
    if (one !== undefined) one.signature = signStatement(key, one.statement);
    else await writeFile(join(out, "signature.json"), canonicalText(signStatement(key, value)));
    await writeFile(join(out, name), canonicalText(value));
  };
  const forge = (text: string) => text.replaceAll("Candidate 3 of 1. ", "Candidate 3 of 9. ");
  await signed("changes.json", forge);
  await signed("certificate.json", forge);
  const forged = await verifyBundle(out, { signedBy: fingerprint, opening });
  expect(forged.checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name)).toEqual(["biographies"]);
  expect(formatVerification(forged)).toContain("corrected of candidate 1-3, which did not say that");
});
