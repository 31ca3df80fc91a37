import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withBundles } from "#admin/certification/bundles.ts";
import { keepBundle } from "#admin/certification/keep-bundle.ts";
import { publishElection } from "#admin/certification/publish.ts";
import { publishFolder } from "#admin/certification/publish-folder.ts";
import { keptAt, publishedAt } from "#core/published-bundle.ts";
import { codeIn, codesFileOf } from "#core/published-codes.ts";
import { findElection } from "#storage/registered-elections.ts";
import { certifiedLaw, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const textAt = (key: string): Promise<string | undefined> =>
  withBundles(office.connection, async (bundles) => {
    const stream = await bundles.read(key);
    return stream === undefined ? undefined : Buffer.concat(await stream.toArray()).toString();
  });

describe("a certified bundle", () => {
  test("is kept as it was certified, and nothing of it is on the site before it is published", async () => {
    const { folder, certificate, fingerprint, opening } = await certifiedLaw(office, "P1");
    const bundle = await keepBundle(office.connection, "P1", folder);
    expect(bundle).toMatchObject({ merkleRoot: certificate.merkleRoot, fingerprint, opening, ballots: 12 });
    for (const { name, bytes } of bundle.files) {
      const text = await textAt(`${keptAt("P1", bundle.certificate)}${name}`);
      expect(text, name).toBe(await readFile(join(folder, name), "utf8"));
      expect(Buffer.byteLength(text ?? "")).toBe(bytes);
      expect(await textAt(`${publishedAt("P1")}${name}`)).toBeUndefined();
    }
    expect((await findElection(office.connection, "P1"))?.bundle).toEqual(bundle);
    expect((await findElection(office.connection, "P1"))?.published).toBeUndefined();
  });

  test("once published is on the site byte for byte, and the election says since when", async () => {
    const { folder, codes } = await certifiedLaw(office, "P2");
    const bundle = await keepBundle(office.connection, "P2", folder);
    const published = await publishElection(office.connection, "P2", OFFICER);
    expect(published).toEqual({ ...bundle, publishedAt: "2025-01-03T00:00:00.000Z", codeBeginning: 0 });
    for (const { name } of published.files) {
      expect(await textAt(`${publishedAt("P2")}${name}`), name).toBe(await readFile(join(folder, name), "utf8"));
    }
    const list = (await textAt(`${publishedAt("P2")}${codesFileOf("ABC", 0)}`)) ?? "";
    for (const code of codes) expect(codeIn(list, code)).toBe("in-the-box");
    expect(codeIn(list, "A".repeat(20))).toBeUndefined();
    const election = await findElection(office.connection, "P2");
    expect(election?.published).toEqual(published);
    expect(election?.stateChanges.at(-1)).toEqual({
      at: "2025-01-03T00:00:00.000Z",
      what: `published, certificate SHA-256 ${bundle.certificate}`,
      who: "Ada",
    });
  });

  test("may come from a folder, which is verified first", async () => {
    const { folder } = await certifiedLaw(office, "P3");
    const published = await publishFolder(office.connection, "P3", folder, OFFICER);
    expect((await findElection(office.connection, "P3"))?.published).toEqual(published);
    const { folder: another } = await certifiedLaw(office, "P4");
    expect(await refusal(publishFolder(office.connection, "P3", another, OFFICER))).toContain(
      "a certified bundle of election P4, not P3",
    );
  });

  test("that was not certified here, or only at a command line, is not published", async () => {
    expect(await refusal(publishElection(office.connection, "P4", OFFICER))).toContain("certified at the command line");
    const { folder } = await certifiedLaw(office, "P5");
    await office.connection.documents.send(
      new (await import("@aws-sdk/lib-dynamodb")).UpdateCommand({
        TableName: office.outputs.ElectionsTable,
        Key: { electionId: "P5" },
        UpdateExpression: "SET stateChanges = :none",
        ExpressionAttributeValues: { ":none": [] },
      }),
    );
    expect(await refusal(publishElection(office.connection, "P5", OFFICER))).toContain("is not certified");
    expect(await refusal(keepBundle(office.connection, "P5", folder))).toContain("was not certified here");
  });

  test("does not give away the key of a box that only auditors may open", async () => {
    const { folder, auditorsKeyFile } = await certifiedLaw(office, "P6", { verification: "auditors" });
    const { files } = await keepBundle(office.connection, "P6", folder);
    expect(files.map(({ name }) => name)).not.toContain("ballot-key.txt");
    await office.file("bundle-P6/ballot-key.txt", await readFile(auditorsKeyFile));
    expect(await refusal(keepBundle(office.connection, "P6", folder))).toContain("would open it for everybody");
  });
});
