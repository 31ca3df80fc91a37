import { expect, inject, test } from "vitest";
import { visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";

/** The room of elections, in a real browser with a real sign-in. */

const { visitor } = visits({ viewport: { width: 1280, height: 900 } });

const SHEET = "Nom,Prénom,Parti,Région\nRoy,Ada,Gauche,nord\nLee,Bo,Droite,nord\nFox,Cy,,nord\n";
const ID = `mairie-${Date.now()}`;

test("a ranked election is made of a spreadsheet: its faults are seen and mended, its ballot is seen, and it is applied", async () => {
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", "/en/office/elections");
  await page.getByRole("button", { name: "New election" }).click();
  await page.getByLabel("Its id").fill(ID);
  const choose = page.getByLabel("The file");

  // A sheet with a bad row is told by its line, and nothing is made.
  await choose.setInputFiles({ name: "s.csv", mimeType: "text/csv", buffer: Buffer.from(`${SHEET},,Gauche,nord\n`) });
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.getByText("Line 5: name is empty.").waitFor();
  await choose.setInputFiles({ name: "s.csv", mimeType: "text/csv", buffer: Buffer.from(SHEET) });
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: `Definition of ${ID}` }).waitFor();

  // The ballot is the voter's own, and can be marked.
  const ballot = page.getByRole("complementary", { name: "The ballot as voters see it" });
  await ballot.getByRole("button", { name: "Rank 1st, Bo Lee" }).click();
  await ballot.getByRole("button", { name: "Rank 2nd, Ada Roy" }).waitFor();

  // A fault stands beside its field, and the election cannot be applied with it.
  const names = page.getByLabel("Names that a ballot may rank");
  await names.fill("99");
  await page.getByText("Must be at most 50.").waitFor();
  await page.getByText("1 fault to mend before it can be applied.").waitFor();
  await names.fill("2");
  await page.getByLabel("Title, in English").fill("Mayor of Val");
  await page.getByLabel("Title, in French").fill("Mairie de Val");
  await ballot.getByText("Mayor of Val").waitFor();
  await ballot.getByRole("button", { name: "In the other language" }).click();
  await ballot.getByText("Mairie de Val").waitFor();
  await page.getByText("No faults: it can be applied.").waitFor();

  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await page.getByRole("heading", { name: "The election is set up." }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("heading", { level: 1, name: "Mayor of Val" }).waitFor();
  await page.getByText("Every region has voters on the roll").waitFor();

  const response = await fetch(`${inject("url")}/api/v1/elections/${ID}`);
  expect(await response.json()).toMatchObject({
    voting_method: "ranked_choice",
    title: { fr: "Mairie de Val", en: "Mayor of Val" },
    definition: { maxRankings: 2, candidates: [{ lastName: "Roy" }, { lastName: "Lee" }, { lastName: "Fox" }] },
  });
  expect(faults).toEqual([]);
});
