import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { formatElection } from "#admin/commands/election-report.ts";
import { keepApart, textsNamedBy } from "#storage/biographies.ts";
import { findElection } from "#storage/election-register.ts";
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
