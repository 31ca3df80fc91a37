import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "#core/language.ts";
import { race } from "#test/definitions.ts";
import { newVisitor } from "#test/e2e/browser.ts";
import { strayWords } from "#test/e2e/every-state/wording.ts";
import { unreached } from "#test/e2e/office/keyboard-round.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";
import { hold, registerUnstated } from "#test/e2e/office.ts";
import { openPolls } from "#test/e2e/polls.ts";
import { barriers, faintColours, motion, paleParties, sidewaysScrolling, smallTargets } from "#test/e2e/soundness.ts";

/** Everybody can use every room of the console: in French and English, by day and by night, on a phone, and with a keyboard alone. */

const COMING = "everybody-coming";
const OPEN = "everybody-open";
const TIED = "everybody-tied";
const contact = { fr: "le bureau du scrutin, 418 555-0100", en: "the election office, 418 555-0100" };

/** Each room, and what shows that it is there. */
const ROOMS: Readonly<Record<string, readonly [path: string, sign: string]>> = {
  elections: ["/elections", "table"],
  "about an election": [`/elections/${COMING}`, ".checklist"],
  "about an election that was stated": [`/elections/${OPEN}`, "h2"],
  editor: [`/elections/${COMING}/edit`, ".ballot-preview .sheet"],
  roll: [`/elections/${COMING}/roll`, ".office-table"],
  "polling day": [`/elections/${OPEN}/polling`, "#polling-alarms"],
  "after closing": [`/elections/${TIED}/closing`, ".lot"],
  audit: ["/audit", "table"],
  "an address that leads nowhere": ["/nowhere", "h1"],
  overview: ["", "h2"],
};

let office: BrowserContext;
let page: Page;
let faults: string[];
beforeAll(async () => {
  const hours = { opensAt: "2040-06-01T12:00:00Z", closesAt: "2040-06-02T12:00:00Z" };
  const past = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
  const marks = ["1", "2"].map((candidateId) => ({
    regionId: "1",
    selection: { kind: "candidate", candidateId } as const,
  }));
  office = await newVisitor();
  page = await office.newPage();
  await Promise.all([
    registerUnstated(race({ electionId: COMING, contact, ...hours })),
    openPolls(race({ electionId: OPEN, contact }), []),
    hold(race({ electionId: TIED, contact, ...past }), { "1": 2, "2": 1 }, marks),
    signedIn(page, "officer").then((found) => {
      faults = found;
    }),
  ]);
});
afterAll(() => office.close());

/** Goes to a page as a link of the console does: nobody signs in again. */
async function follow(path: string, sign: string): Promise<void> {
  await page.evaluate((address) => {
    const link = Object.assign(document.createElement("a"), { href: address });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL(`**${path}`);
  await page.locator(`main ${sign}`).first().waitFor();
}

async function expectForEverybody(language: Language): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  // As in every-state: axe's findings are the same in either language, and no other check takes as long.
  if (language === "fr") expect(await barriers(page), "by day").toEqual([]);
  expect(await paleParties(page), "by day").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  if (language === "fr") expect(await faintColours(page), "by night").toEqual([]);
  expect(await paleParties(page), "by night").toEqual([]);
  expect(await smallTargets(page), "targets below 24 px").toEqual([]);
  expect(await motion(page), "motion although less was asked for").toEqual([]);
  expect(await strayWords(page, language), "words of the other language").toEqual([]);
  expect(await sidewaysScrolling(page), "sideways scrolling").toEqual([]);
}

describe.each(LANGUAGES)("in %s everybody can use", (language) => {
  beforeAll(async () => {
    const other = page.locator(`.languages a[lang=${language}]`);
    if ((await other.count()) > 0) await other.click();
    await page.locator(`html[lang=${language}]`).waitFor();
  });

  test.each(Object.entries(ROOMS))("%s", async (_, [path, sign]) => {
    await follow(`/${language}/office${path}`, sign);
    expect(await page.evaluate(() => document.activeElement?.tagName), "what has the focus on a new page").toBe("H1");
    await expectForEverybody(language);
    if (language === "en") expect(await unreached(page), "what a keyboard does not reach, or not visibly").toEqual([]);
    expect(faults).toEqual([]);
  });

  test("the page of whoever is signed out", async () => {
    const visitor = await newVisitor({ locale: `${language}-CA` });
    const before = page;
    page = await visitor.newPage();
    await page.goto(`/${language}/office/signed-out`);
    await page.locator("main .button").waitFor();
    await expectForEverybody(language);
    page = before;
    await visitor.close();
  });
});
