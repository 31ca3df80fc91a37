import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publishFolder } from "#admin/certification/publish-folder.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { certifyOpened } from "#admin/trustees/certify/certify-opened.ts";
import { madeElection } from "#load/trustees/made-election.ts";
import { seedOf } from "#load/trustees/seeds.ts";
import { applyElection } from "#storage/election-register.ts";
import { createSecret } from "#storage/election-secrets.ts";
import { liesIn } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

const KEPT = join(import.meta.dirname, "../../fixtures/bundles/law");
const OFFICER = { who: "Ada", atMs: Date.parse("2026-03-03T12:00:00Z") };

let office: Office;
let place: string;
let folder: string;
beforeAll(async () => {
  office = await openOffice();
  place = await mkdtemp(join(tmpdir(), "scrutin-certify-"));
  const { contest, ceremony, seed } = await madeElection("law");
  const { electionId } = contest.definition;
  const { connection } = office;
  const { documents, electionsTable, secrets, secretPrefix } = connection;
  await applyElection(connection, contest.definition, {
    who: "Ada",
    atMs: Date.parse("2026-02-01T12:00:00Z"),
    ceremony: { ceremony: ceremony.ceremony, words: { en: "words", fr: "mots" } },
  });
  await createSecret(secrets, `${secretPrefix}/signing-key/${electionId}`, seedOf(`${seed} office`));
  // As it was stated when the bundle was made.
  await documents.send(
    new UpdateCommand({
      TableName: electionsTable,
      Key: { electionId },
      UpdateExpression: "SET opening = :opening",
      ExpressionAttributeValues: { ":opening": await readFile(join(KEPT, "opening.json"), "utf8") },
    }),
  );
});
afterAll(async () => {
  await office.close();
  await rm(place, { recursive: true });
});

let made = 0;
/** As trustees leave it: opened by two, and not certified. */
beforeEach(async () => {
  folder = join(place, `${made++}`);
  await cp(KEPT, folder, { recursive: true });
  for (const name of ["certificate.json", "signature.json", "opened.bin"]) await rm(join(folder, name));
});

const certify = () => certifyOpened(office.connection, "LAW-12", { folder, ...OFFICER });

describe("a box that trustees opened", () => {
  test("is certified as anybody verifies it, its counts are the results, and its files are published", async () => {
    const { certificate, fingerprint, opening, leftOut } = await certify();
    expect(certificate.wholeCountry).toMatchObject({ votes: { oui: 6, non: 4 }, blank: 1, spoiled: 1 });
    expect(leftOut).toEqual([]);
    const { checks } = await verifyBundle(folder, { signedBy: fingerprint, opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name }) => name)).toEqual(["six words"]);
    expect(await readFile(join(folder, "opened.bin"))).toEqual(await readFile(join(KEPT, "opened.bin")));
    const published = await publishFolder(office.connection, "LAW-12", folder, OFFICER);
    expect(published.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["box.jsonl", "mix-2.bin", "opened.bin", "ceremony/ceremony.json", "ceremony/roll.json"]),
    );
  });

  test("is certified again with the same files, whatever a run that was killed left behind", async () => {
    await writeFile(join(folder, "opened.bin"), "half");
    await writeFile(join(folder, "certificate.json"), "{");
    await certify();
    expect(await liesIn(folder)).toEqual([]);
    const first = await readFile(join(folder, "certificate.json"), "utf8");
    await certify();
    const again = await readFile(join(folder, "certificate.json"), "utf8");
    expect(JSON.parse(again).contests).toEqual(JSON.parse(first).contests);
  });

  test("is not certified with a changed mix, which is named", async () => {
    const file = join(folder, "mix-2.bin");
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(certify()).rejects.toThrow("mix-2.bin is not the file that the mixer signed");
  });

  test("is not certified with fewer good openings than it takes, and the bad one is named", async () => {
    const file = join(folder, "opening-2.bin");
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(certify()).rejects.toThrow(/1 of the 2 openings .* Left out: trustee 2, Parti québécois/);
  });
});
