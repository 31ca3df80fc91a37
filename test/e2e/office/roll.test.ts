import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { race } from "#test/definitions.ts";
import { visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";
import { registerUnstated } from "#test/e2e/office.ts";

/** The Roll room, in a real browser with a real sign-in. */

const { visitor } = visits({ viewport: { width: 1280, height: 900 } });

const CSV = "text/csv";

async function election(): Promise<string> {
  const electionId = `roll-${randomUUID().slice(0, 8)}`;
  const contact = { fr: "le bureau des élections, 418 555-0100", en: "the election office, 418 555-0100" };
  await registerUnstated(
    race({ electionId, contact, opensAt: "2040-06-01T12:00:00Z", closesAt: "2040-06-02T12:00:00Z" }),
  );
  return electionId;
}

const voters = (count: number, wrong = 0): Buffer => {
  const rows = Array.from({ length: count }, (_, index) => `${200_000_000 + index};ABC123;${(index % 2) + 1}`);
  const bad = Array.from({ length: wrong }, (_, index) => `${index};ABC123;1`);
  return Buffer.from(["NAS;Mot secret;Région", ...rows, ...bad, ""].join("\r\n"));
};

test("5,000 voters go up from a spreadsheet, its faults told by line; the upload pauses, and goes on after a reload", async () => {
  const electionId = await election();
  const page = await visitor().newPage();
  const faults = await signedIn(page, "registrar", `/en/office/elections/${electionId}/roll`);
  await page.getByRole("heading", { level: 1, name: "Electoral roll" }).waitFor();

  const choose = () => page.getByLabel("Choose a file");
  const codeColumn = page.getByLabel("Voting code", { exact: true });
  await choose().setInputFiles({ name: "voters.csv", mimeType: CSV, buffer: voters(5_000, 3) });
  // A column that was not recognised is assigned.
  await page.getByRole("button", { name: "Read the file" }).click();
  await codeColumn.and(page.locator(":focus")).waitFor();
  await codeColumn.selectOption({ label: "B · Mot secret" });
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByText("5,003 rows. 3 rows are not right.").waitFor();
  await page.getByText("nas must have 9 digits").first().waitFor();

  let sent = 0;
  const fourth = page.waitForResponse(/\/blocks\/3$/);
  await page.route("**/blocks/*", async (route) => {
    if (++sent === 4) await page.getByRole("button", { name: "Pause" }).click();
    await route.continue();
  });
  await page.getByRole("button", { name: "Send the file up" }).click();
  await page.getByText("Paused.").waitFor();
  expect(sent).toBe(4);
  // It was on its way, and a reload would break it off.
  await fourth;
  await page.unroute("**/blocks/*");

  await page.reload();
  await choose().setInputFiles({ name: "voters.csv", mimeType: CSV, buffer: voters(5_000, 3) });
  await codeColumn.selectOption({ label: "B · Mot secret" });
  await page.getByRole("button", { name: "Read the file" }).click();
  const blocks: string[] = [];
  page.on("request", (request) => {
    const [, block] = /blocks\/(\d+)$/.exec(request.url()) ?? [];
    if (block !== undefined) blocks.push(block);
  });
  await page.getByRole("button", { name: "Send the file up" }).click();
  await page.getByLabel("Leave out 3 rows that are not right").check();
  expect(blocks).toEqual(["4", "5", "6", "7", "8", "9", "10"]);
  await page.getByLabel("Reason, for the record").first().fill("The list of May");
  await page.getByRole("button", { name: "Put 5,000 rows on the roll" }).click();
  await page.getByText("5,000 voters were put on the roll.").waitFor();
  await page.getByText("3 rows were left out.").waitFor();
  await page.getByRole("row", { name: /^Total 5,000/ }).waitFor();
  expect(faults).toEqual([]);
});

test("ten cards are made in the browser, nothing of them leaves it, and their roll goes up", async () => {
  const electionId = await election();
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", `/fr/office/elections/${electionId}/roll`);
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(request.postData() ?? ""));
  const people = Array.from(
    { length: 10 },
    (_, index) => `Ada Roy ${index},1 rue Un,${300_000_000 + index},${(index % 2) + 1},${index % 2 ? "fr" : "en"}`,
  );
  const buffer = Buffer.from(["name,address_1,nas,region_id,language", ...people, ""].join("\n"));
  await page.getByLabel("Choisir la liste").setInputFiles({ name: "gens.csv", mimeType: CSV, buffer });
  await page.getByText("10 lettres sont prêtes").waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Enregistrer letters-fr-001.pdf" }).click();
  const pdf = await readFile(await (await saving).path());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  // For the printer, in one file: all letters, and nothing that has identities beside codes.
  const zipping = page.waitForEvent("download");
  await page.getByRole("button", { name: "Enregistrer toutes les lettres, 2 fichiers, dans letters.zip" }).click();
  const zipped = unzipSync(await readFile(await (await zipping).path()));
  expect(Object.keys(zipped)).toEqual(["letters-en-001.pdf", "letters-fr-001.pdf"]);
  expect(Buffer.from(zipped["letters-fr-001.pdf"] ?? []).equals(pdf)).toBe(true);
  expect(bodies.join("\n")).not.toMatch(/Ada Roy|rue Un|30000000/);

  await page.getByRole("button", { name: "Inscrire maintenant ces personnes" }).click();
  await page.getByRole("button", { name: "Envoyer le fichier" }).click();
  await page.getByRole("button", { name: "Inscrire 10 lignes" }).click();
  await page.getByText("10 personnes ont été inscrites").waitFor();

  // Somebody lost theirs.
  await page.getByLabel("NAS").last().fill("300000003");
  await page.getByLabel("Motif, inscrit au journal").last().fill("Lettre perdue");
  await page.getByRole("button", { name: "Donner un nouveau code" }).click();
  await page.getByText("Le nouveau code de vote").waitFor();
  // It says whose it is, and nobody else is begun with while it is there.
  await page.getByText("300000003").waitFor();
  expect(await page.getByLabel("Motif, inscrit au journal").count()).toBe(0);
  await page.getByRole("button", { name: "Cacher le code" }).click();
  await page.getByText("1 personne a reçu un nouveau code").waitFor();

  // Taking somebody off is asked about once more.
  await page.getByLabel("Ce qui s’est passé").selectOption({ label: "Elle doit être retirée de la liste" });
  await page.getByLabel("NAS").last().fill("300000004");
  await page.getByLabel("Motif, inscrit au journal").last().fill("Décès");
  await page.getByRole("button", { name: "La retirer de la liste" }).click();
  const asked = page.getByRole("dialog");
  await asked.getByText("300000004").waitFor();
  await asked.getByRole("button", { name: "La retirer de la liste" }).click();
  await page.getByText("1 personne retirée de la liste").waitFor();
  expect(faults).toEqual([]);
});
