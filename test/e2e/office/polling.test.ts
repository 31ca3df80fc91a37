import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { law, race } from "#test/definitions.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { expectAccessible, headline, newVisitor, visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";
import { registerUnstated } from "#test/e2e/office.ts";
import { openPolls } from "#test/e2e/polls.ts";

/** Polling day in the console, in a real browser with a real sign-in: what an officer does there, voters read. */

const { open, visitor } = visits({ viewport: { width: 1280, height: 900 } });

const HOUR_MS = 3_600_000;
const CLOSES_AT = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 6 * HOUR_MS).toISOString();
const HOURS = { opensAt: "2025-01-01T00:00:00Z", closesAt: CLOSES_AT, timeZone: "America/Toronto" };
const COMING = {
  opensAt: "2040-06-01T09:00:00-04:00",
  closesAt: "2040-06-01T20:00:00-04:00",
  timeZone: "America/Toronto",
};

beforeAll(async () => {
  await openPolls(law({ electionId: "office-extended", ...HOURS }), []);
  await openPolls(race({ electionId: "office-withdrawn", ...HOURS }), []);
  await openPolls(law({ electionId: "office-cancelled", ...HOURS }), []);
  await registerUnstated(law({ electionId: "office-postponed", ...COMING }));
});

const roomOf = (electionId: string, language = "en"): string => `/${language}/office/elections/${electionId}/polling`;

async function enter(electionId: string): Promise<{ page: Page; faults: string[] }> {
  const page = await visitor().newPage();
  const faults = await signedIn(page, "officer", roomOf(electionId));
  await headline(page, "Polling day").waitFor();
  return { page, faults };
}

const done = (page: Page) => page.getByRole("heading", { level: 2, name: "Done" });

const publicText = async (electionId: string): Promise<string> => (await get(`/api/v1/elections/${electionId}`)).text();

describe("an officer", () => {
  test("extends an open election by keyboard, after reading what voters will read, and the voter's page says it", async () => {
    const { page, faults } = await enter("office-extended");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Extend the hours" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Extend the hours" });
    const told = (await dialog.locator("blockquote[lang=en]").textContent()) ?? "";
    expect(await dialog.locator("blockquote[lang=fr]").textContent()).toMatch(/^Le vote ferme le /);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Extend the hours" }).click();
    await dialog.getByText("Say why, in a few words.").waitFor();
    await dialog.getByLabel("Reason").fill("power failure");
    await page.keyboard.press("Enter");
    await done(page).waitFor();
    expect(await page.locator(".polling-sha256").textContent()).toMatch(/^[0-9a-f]{64}$/);
    // Focus is where the news is.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("polling-done");
    await page.getByRole("button", { name: "Take the extension back" }).waitFor();
    await eventually(
      () => publicText("office-extended"),
      (text) => !text.includes(`"closes_at":"${CLOSES_AT}"`),
    );
    const { page: voters } = await open("/en/");
    await voters.getByText(told).first().waitFor();
    expect(faults).toEqual([]);
  });

  test("records a withdrawal, once the election's id is typed, and the ballot says so", async () => {
    const { page, faults } = await enter("office-withdrawn");
    await page.getByRole("button", { name: "A candidate withdraws" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who withdraws").selectOption({ label: "Bo Lee (2)" });
    await dialog.getByText("Bo Lee – Withdrawn").waitFor();
    await dialog.getByText("Bo Lee – Candidature retirée").waitFor();
    await dialog.getByLabel("Reason").fill("letter of 12 October");
    await dialog.getByLabel("To confirm, type office-withdrawn").fill("office");
    await dialog.getByRole("button", { name: "Record the withdrawal" }).click();
    await dialog.getByText("What you typed is not office-withdrawn.").waitFor();
    await dialog.getByLabel("To confirm, type office-withdrawn").fill("office-withdrawn");
    await dialog.getByRole("button", { name: "Record the withdrawal" }).click();
    await done(page).waitFor();
    await eventually(
      () => publicText("office-withdrawn"),
      (text) => text.includes("withdrawnAt"),
    );
    const { page: voters } = await open("/en/vote/office-withdrawn/1");
    await voters.getByText("Withdrawn").first().waitFor();
    expect(faults).toEqual([]);
  });

  test("corrects a name that is spelt wrongly, and the ballot has the right one and says so", async () => {
    const { page, faults } = await enter("office-withdrawn");
    await page.getByRole("button", { name: "Correct a name or a text" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("misspelt on the nomination paper");
    await dialog.getByLabel("What is wrong").selectOption({ label: "Ada Roy (1)" });
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await dialog.getByText("Nothing is different yet.").waitFor();
    await dialog.getByLabel("Last name").fill("Roy-Ménard");
    await dialog.locator("blockquote[lang=fr]").getByText("Roy-Ménard").waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await done(page).waitFor();
    await eventually(
      () => publicText("office-withdrawn"),
      (text) => text.includes("Roy-Ménard"),
    );
    const { page: voters } = await open("/fr/vote/office-withdrawn/1");
    await voters.getByText("Ada Roy-Ménard").first().waitFor();
    expect(faults).toEqual([]);
  });

  test("postpones an election that is not open yet, and is asked about a closing that may be a slip", async () => {
    const { page, faults } = await enter("office-postponed");
    await page.getByRole("button", { name: "Postpone" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("New opening").fill("2040-06-15T09:00");
    await dialog.getByLabel("New closing").fill("2040-06-15T20:00");
    await dialog.getByLabel("Reason").fill("ice storm");
    await dialog.getByLabel("To confirm, type office-postponed").fill("office-postponed");
    await dialog.getByRole("button", { name: "Postpone" }).click();
    await dialog.getByText("Tick the box if it is meant, or put the time right.").waitFor();
    await dialog.getByLabel("Yes, the closing moves by 14 days.").check();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Postpone" }).click();
    await done(page).waitFor();
    await eventually(
      () => publicText("office-postponed"),
      (text) => text.includes(`"opens_at":"2040-06-15T09:00:00`) || text.includes(`"opens_at":"2040-06-15T13:00:00`),
    );
    expect(faults).toEqual([]);
  });

  test("cancels an election with its reason in both languages, and voters read it", async () => {
    const { page, faults } = await enter("office-cancelled");
    await page.getByRole("button", { name: "Cancel the election" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("The reason, told to voters, in English").fill("The hall burnt down");
    await dialog.getByLabel("To confirm, type office-cancelled").fill("office-cancelled");
    await dialog.getByRole("button", { name: "Cancel the election" }).click();
    await dialog.getByText("Voters read why, in both languages.").waitFor();
    await dialog.getByLabel("The reason, told to voters, in French").fill("La salle a brûlé");
    await dialog.getByText(/Le motif\s: La salle a brûlé\. Plus personne ne peut voter/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel the election" }).click();
    await done(page).waitFor();
    await page.getByText("Nothing can be changed any more.").waitFor();
    await eventually(
      () => publicText("office-cancelled"),
      (text) => text.includes("burnt down"),
    );
    const { page: voters } = await open("/fr/vote/office-cancelled");
    await voters.getByText("La salle a brûlé.").waitFor();
    expect(faults).toEqual([]);
  });
});

test("a tab that nobody sees asks for nothing, and has the newest as soon as it is seen", async () => {
  const page = await visitor().newPage();
  await page.clock.install();
  await signedIn(page, "officer", roomOf("office-extended"));
  await headline(page, "Polling day").waitFor();
  let asked = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith("/office-extended/polling")) asked += 1;
  });
  const answered = page.waitForResponse(/office-extended\/polling$/);
  await page.clock.fastForward(6_000);
  await answered;
  await page.evaluate(() => Object.defineProperty(document, "hidden", { configurable: true, value: true }));
  const before = asked;
  for (let minute = 0; minute < 3; minute++) await page.clock.fastForward(60_000);
  expect(asked).toBe(before);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, value: false });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(() => asked).toBe(before + 1);
});

test("an auditor sees all of it and can do nothing, an observer what everybody sees", async () => {
  const auditor = await newVisitor({ locale: "fr-CA" });
  const page = await auditor.newPage();
  const faults = await signedIn(page, "auditor", roomOf("office-extended", "fr"));
  await headline(page, "Jour du vote").waitFor();
  await page.getByText("Seule la direction du scrutin change quelque chose ici.").waitFor();
  await page.getByText("Il n’y a pas d’alertes sur cet ordinateur").waitFor();
  expect(await page.getByRole("button", { name: /Prolonger|Annuler|Reporter|Corriger|renvoyer/ }).count()).toBe(0);
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await auditor.close();

  const observer = await newVisitor();
  const shown = await observer.newPage();
  await signedIn(shown, "observer", roomOf("office-extended"));
  await shown.getByText("You see what everybody sees.").waitFor();
  expect(await shown.getByText("Refused attempts").count()).toBe(0);
  await expectAccessible(shown);
  await observer.close();
});
