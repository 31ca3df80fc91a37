import { expect, inject, test } from "vitest";
import { race } from "#test/definitions.ts";
import { button, headline, visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";

/** The room of elections, in a real browser with a real sign-in. */

const { visitor } = visits({ viewport: { width: 1280, height: 900 } });

const SHEET = "Nom,Prénom,Parti,Région\nRoy,Ada,Gauche,nord\nLee,Bo,Droite,nord\nFox,Cy,,nord\n";
const ID = `mairie-${Date.now()}`;

test("a ranked election is made of a spreadsheet: its faults are seen and mended, its ballot is seen, and it is applied", async () => {
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", "/en/office/elections");
  await page.getByRole("button", { name: "New election" }).click();
  await page.getByLabel("Its id").fill("maire é");
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.getByText("An id has letters without accents").waitFor();
  await page.getByLabel("Its id").fill(ID);
  await page.getByLabel("Begin with").selectOption({ label: "candidates from a spreadsheet (CSV)" });
  await page.getByLabel("Kind of contest").selectOption({ label: "A ranking, for one seat" });
  const choose = page.getByLabel("The file");

  // A sheet with a bad row is told by its line, and nothing is made.
  await choose.setInputFiles({ name: "s.csv", mimeType: "text/csv", buffer: Buffer.from(`${SHEET},,Gauche,nord\n`) });
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.getByText("Line 5: name is empty.").waitFor();
  await choose.setInputFiles({ name: "s.csv", mimeType: "text/csv", buffer: Buffer.from(SHEET) });
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: `Definition of ${ID}` }).waitFor();

  // Whoever was removed by mistake is put back.
  await page.getByRole("button", { name: "Bo Lee", exact: true }).click();
  await page.getByRole("button", { name: "Remove Bo Lee" }).click();
  await page.getByRole("button", { name: "Put back" }).click();
  await page.getByRole("button", { name: "Bo Lee", exact: true }).waitFor();

  // The ballot is the voter's own, and can be marked.
  const ballot = page.getByRole("complementary", { name: "The ballot as voters see it" });
  await ballot.getByRole("button", { name: "Rank 1st, Bo Lee" }).click();
  await ballot.getByRole("button", { name: "Rank 2nd, Ada Roy" }).waitFor();

  // A fault stands beside its field, and the election cannot be applied with it.
  const names = page.getByLabel("Names that a ballot may rank");
  await names.fill("99");
  await page.getByText("Must be at most 50.").last().waitFor();
  await page.getByText("1 fault to mend before it can be applied.").waitFor();
  await page.getByRole("button", { name: "Names that a ballot may rank" }).click();
  await names.and(page.locator(":focus")).waitFor();
  await names.fill("2");
  await page.getByLabel("Title, in English").fill("Mayor of Val");
  await page.getByLabel("Title, in French").fill("Mairie de Val");
  await ballot.getByText("Mayor of Val").waitFor();
  await ballot.getByRole("button", { name: "In the other language" }).click();
  await ballot.getByText("Mairie de Val").waitFor();
  await page.getByText("No faults: it can be applied.").waitFor();
  await page.getByText("No order is drawn by lot for ties.").waitFor();

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

test("an election whose voters sign in names a provider of this system: another is a fault beside its field, in both languages", async () => {
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", "/fr/office/elections");
  const id = `elsewhere-${Date.now()}`;
  const definition = {
    ...{ votingMethod: "referendum", title: { fr: "Loi", en: "Law" }, question: { fr: "Oui ?", en: "Yes?" } },
    ...{ opensAt: "2040-05-01T09:00:00-04:00", closesAt: "2040-05-08T20:00:00-04:00", timeZone: "America/Toronto" },
    identity: { kind: "oidc", issuer: "https://elsewhere.example.org", clientId: "board", claim: "voter_number" },
  };
  await page.getByRole("button", { name: "Nouvelle élection" }).click();
  await page.getByLabel("Son identifiant").fill(id);
  await page.getByLabel("Partir de").selectOption("une définition dans un fichier (JSON)");
  const buffer = Buffer.from(JSON.stringify(definition));
  await page.getByLabel("Le fichier").setInputFiles({ name: "d.json", mimeType: "application/json", buffer });
  await page.getByRole("button", { name: "Créer le brouillon" }).click();

  const { voters = "" } = inject("issuers") ?? {};
  const provider = page.getByLabel("Fournisseur d’identité", { exact: true });
  const fault = page.getByText(`l’un des fournisseurs admis ici (paramètre voterIssuers)\u00a0: ${voters}.`);
  await fault.last().waitFor();
  expect(await provider.evaluate((control) => control.ariaInvalid)).toBe("true");
  // Whoever would apply it is taken to the first fault.
  await page.getByRole("button", { name: "Appliquer", exact: true }).click();
  await provider.and(page.locator(":focus")).waitFor();

  await page.goto(`/en/office/elections/${id}/edit`);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.getByText(`Must be one of the stage's voterIssuers, to the character: ${voters}.`).last().waitFor();
  await page.getByLabel("Identity provider", { exact: true }).selectOption(voters);
  await page.getByText("No faults: it can be applied.").waitFor();

  // Whoever types credentials signs in nowhere.
  await page.getByLabel("Voters identify").selectOption("by signing in with an identity provider");
  await page.getByLabel("Voters identify").selectOption("with what the roll has of them, such as a number and a code");
  await page.getByLabel("Identity provider", { exact: true }).waitFor({ state: "detached" });
  await page.getByText("No faults: it can be applied.").waitFor();
  expect(faults).toEqual([]);
});

/** A red square. */
const PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM4oaCAFTEMLQkA9D9CASwiP9AAAAAASUVORK5CYII=";

test("a definition from a file becomes a draft: candidates change places, one gets a photo, and nothing typed is lost by leaving", async () => {
  const id = `fichier-${Date.now()}`;
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", "/en/office/elections");
  await button(page, "New election").click();
  await page.getByLabel("Its id").fill(id);
  await page.getByLabel("Begin with").selectOption({ label: "a definition from a file (JSON)" });
  const json = (text: string) => ({ name: "d.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByLabel("The file").setInputFiles(json("{"));
  await button(page, "Create the draft").click();
  await page.getByText("This file is not JSON.").waitFor();
  // What no form could show is named.
  await page.getByLabel("The file").setInputFiles(json(JSON.stringify({ ...race(), id })));
  await button(page, "Create the draft").click();
  await page.getByText("the definition: has a field that does not belong there: id.").waitFor();
  await page.getByLabel("The file").setInputFiles(json(JSON.stringify(race({ opensAt: "2040-06-01T12:00:00Z" }))));
  await button(page, "Create the draft").click();
  await headline(page, `Definition of ${id}`).waitFor();

  const ballot = page.getByRole("complementary", { name: "The ballot as voters see it" });
  await ballot.locator(".mark-row").first().getByText("Ada Roy").waitFor();
  await button(page, "Move Bo Lee up").focus();
  await page.keyboard.press("Enter");
  await ballot.locator(".mark-row").first().getByText("Bo Lee").waitFor();

  await page.getByRole("button", { name: "Bo Lee", exact: true }).click();
  const photo = { name: "bo.png", mimeType: "image/png", buffer: Buffer.from(PHOTO, "base64") };
  await page.getByLabel("Photo").setInputFiles(photo);
  const shown = ballot.locator(".mark-row").first().locator("img");
  await shown.waitFor();
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(168);

  // While the service cannot be reached, whoever leaves is asked, and may stay.
  await page.route("**/draft", (route) => route.abort());
  await page.getByLabel("Title, in English").fill("Mayor of Val-des-Monts");
  await page.getByRole("link", { name: "Overview" }).click();
  const asked = page.getByRole("dialog", { name: "What you typed is not saved" });
  await asked.getByRole("button", { name: "Stay here" }).click();
  expect(await page.getByLabel("Title, in English").inputValue()).toBe("Mayor of Val-des-Monts");
  await page.evaluate(() => history.back());
  await asked.getByRole("button", { name: "Stay here" }).click();
  await page.unroute("**/draft");
  // Otherwise it is saved before the page is left.
  await page.getByRole("link", { name: "Overview" }).click();
  await headline(page, "Overview").waitFor();
  await page.getByText("Mayor of Val-des-Monts").waitFor();
  expect(faults).toEqual([]);
});
