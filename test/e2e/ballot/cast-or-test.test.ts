import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testPage } from "#infra/bundling/test-page.ts";
import type { Meeting } from "#test/admin/trustees/meeting.ts";
import { BY_TRUSTEES, law, rankedRace } from "#test/definitions.ts";
import {
  button,
  expectAccessible,
  headline,
  IN_THE_BOX,
  mark,
  newVisitor,
  textOf,
  visits,
  watch,
} from "#test/e2e/browser.ts";
import { type Card, openSealedPolls } from "#test/e2e/trustees.ts";

/** Voting where trustees hold the key: sealed in the browser, cast or opened to test the device. */

const LAW = law({
  ...BY_TRUSTEES,
  electionId: "web-sealed",
  question: { fr: "D’accord ?", en: "Do you agree with it?" },
});
const RACE = rankedRace({ ...BY_TRUSTEES, electionId: "web-sealed-race" });

const { open, visitor } = visits();
const meetings: Meeting[] = [];
let cards: readonly Card[];
let raceCards: readonly Card[];
beforeAll(async () => {
  const laws = await openSealedPolls(LAW, ["all", "all", "all", "all", "all"]);
  const races = await openSealedPolls(RACE, ["1", "2"]);
  meetings.push(laws.meeting, races.meeting);
  [cards, raceCards] = [laws.cards, races.cards];
  // Two ceremonies, each of four rounds.
}, 300_000);
afterAll(async () => {
  for (const meeting of meetings) await meeting.end();
});

const cardAt = (all: readonly Card[], place: number): Card => {
  const card = all[place];
  if (card === undefined) throw new Error("there are fewer cards");
  return card;
};
const codeOn = async (page: Page): Promise<string> =>
  (await page.locator(".tracking-code").getAttribute("data-tracking-code")) ?? "";

async function showCard(page: Page, { number, code }: Card): Promise<void> {
  await page.getByLabel("Number").fill(number);
  await page.getByLabel("Code").fill(code);
  await button(page, "Review my choice").click();
  await headline(page, "Is this your choice?").waitFor();
}

/** Marks a box, says whose card it is, and seals. @returns the tracking code */
async function sealLaw(page: Page, answer: string, card?: Card): Promise<string> {
  await mark(page, answer);
  await button(page, "Continue").click();
  if (card !== undefined) await showCard(page, card);
  else await button(page, "Review my choice").click();
  await button(page, "Seal my ballot").click();
  await headline(page, "Your ballot is sealed").waitFor();
  return codeOn(page);
}

/** Opens the sealed ballot for a test. @returns the link that is in the QR code */
async function openForTest(page: Page): Promise<string> {
  await page.evaluate(() => {
    const copied: string[] = [];
    Object.assign(globalThis, { copied });
    navigator.clipboard.writeText = async (text) => void copied.push(text);
  });
  await button(page, "Test this device").click();
  await headline(page, "This ballot is open").waitFor();
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();
  await button(page, "Copy the link").click();
  await page.getByText("Copied.").waitFor();
  return page.evaluate(() => String((globalThis as unknown as { copied: string[] }).copied[0]));
}

test("a device is tested by another one, then a new ballot is cast, which has a proof and is in the box", async () => {
  const { page, faults } = await open(`/en/vote/${LAW.electionId}`);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  expect((await page.locator(".said-words").textContent())?.split(" ")).toHaveLength(6);
  await expectAccessible(page);

  // A slip is told before anything is sent.
  const card = cardAt(cards, 0);
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await page.getByLabel("Number").fill(card.number);
  await page.getByLabel("Code").fill(card.code.replace(/.$/, (last) => (last === "A" ? "B" : "A")));
  await button(page, "Review my choice").click();
  await page.getByText("One of these characters is not as on your card").waitFor();
  await showCard(page, card);
  await expectAccessible(page);
  await button(page, "Seal my ballot").click();
  await headline(page, "Your ballot is sealed").waitFor();
  await expectAccessible(page);
  const tested = await codeOn(page);
  const link = await openForTest(page);
  await expectAccessible(page);

  const second = await newVisitor();
  const tester = await second.newPage();
  const testerFaults = watch(tester);
  await tester.goto(`/test.html#${tested}`);
  await expect.poll(() => tester.getByLabel("Tracking code that").inputValue()).not.toBe("");
  const scanned = await second.newPage();
  const asked: string[] = [];
  scanned.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await scanned.goto(link);
  await scanned.getByText("This is what the device sealed").waitFor();
  expect(await scanned.locator(".chosen").textContent()).toBe("Yes");
  expect(new URL(scanned.url()).hash).toBe("");
  expect(asked).toEqual(["/test.html"]);
  await expectAccessible(scanned);
  await scanned.getByLabel("Tracking code that").fill("ABCDE FGHIJ KLMNO PQRST");
  await button(scanned, "Compare").click();
  await scanned.getByRole("alert").getByText("Alarm: the device lied").waitFor();
  await expectAccessible(scanned);
  expect(testerFaults).toEqual([]);
  await second.close();

  // Nothing was sent so far, and the tested ballot never is.
  expect(sent.filter((request) => request.includes("/vote "))).toEqual([]);
  await button(page, "Mark a new ballot").click();
  await headline(page, "Do you agree with it?").waitFor();
  const code = await sealLaw(page, "No");
  expect(code).not.toBe(tested);
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  expect(await codeOn(page)).toBe(code);
  await expectAccessible(page);
  expect(sent.join("\n")).not.toContain(card.code);
  expect(sent.join("\n")).not.toContain(new URL(link).hash);

  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save the proof").click()]);
  expect(JSON.parse(await textOf(download))).toEqual({
    format: "scrutin-receipt-1",
    electionId: LAW.electionId,
    regionId: "all",
    trackingCode: code,
    accepted: {
      minute: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00/),
      signature: expect.stringMatching(/^[\w-]{86}$/),
      publicKey: expect.stringMatching(/^[\w-]{43}$/),
    },
  });
  await page.getByRole("link", { name: "Check my ballot" }).first().click();
  await page.getByText("What this code proves").waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

describe("a card", () => {
  test("votes once: a second ballot is not counted", async () => {
    const { page } = await open(`/en/vote/${LAW.electionId}`);
    await sealLaw(page, "Yes", cardAt(cards, 1));
    await button(page, "Cast my ballot").click();
    await headline(page, IN_THE_BOX).waitFor();
    const { page: again } = await open(`/en/vote/${LAW.electionId}`, await newVisitor());
    await sealLaw(again, "No", cardAt(cards, 1));
    await button(again, "Cast my ballot").click();
    await headline(again, "You had already voted").waitFor();
    await again.context().close();
  });

  test("casts a ballot without a connection: it is kept, also over a reload, and goes out by itself, the same bytes", async () => {
    const { page } = await open(`/en/vote/${LAW.electionId}`);
    const code = await sealLaw(page, "No", cardAt(cards, 4));
    const bodies: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/api/v1/vote")) bodies.push(request.postData() ?? "");
    });
    await page.route("**/api/v1/vote", (route) => route.abort());
    await button(page, "Cast my ballot").click();
    await page.getByText("No connection.").waitFor();
    expect(await codeOn(page)).toBe(code);
    await page.unroute("**/api/v1/vote");
    await page.reload();
    await headline(page, IN_THE_BOX).waitFor();
    expect(await codeOn(page)).toBe(code);
    expect(new Set(bodies).size).toBe(1);
    // The receipt and its proof are there after another reload, and gone once the voter has finished.
    await page.reload();
    await headline(page, IN_THE_BOX).waitFor();
    await button(page, "Save the proof").waitFor();
    await button(page, "I have finished").click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(code);
  });

  test("that is not on the roll is told as such, and its number and code can be compared", async () => {
    const { page } = await open(`/en/vote/${LAW.electionId}`);
    await sealLaw(page, "Yes", { ...cardAt(cards, 2), number: "999" });
    await button(page, "Cast my ballot").click();
    await page.getByText("This card is not on the roll of this vote.").waitFor();
    await button(page, "Check what I typed").click();
    await page.getByLabel("Number").waitFor();
  });

  test("ranks candidates in French, in the dark, and is told where it votes", async () => {
    const wide = await newVisitor({ colorScheme: "dark", locale: "fr-CA", viewport: { width: 320, height: 640 } });
    const page = await wide.newPage();
    const faults = watch(page);
    await page.goto(`/fr/vote/${RACE.electionId}/1`);
    await page.getByText("Six mots à comparer").waitFor();
    await page.locator("[data-rank], .ranks button").first().click();
    await button(page, "Continuer").click();
    const { number, code } = cardAt(raceCards, 0);
    await page.getByLabel("Numéro").fill(number);
    await page.getByLabel("Code").fill(code);
    await button(page, "Vérifier mon choix").click();
    await button(page, "Sceller mon bulletin").click();
    await headline(page, "Votre bulletin est scellé").waitFor();
    await expectAccessible(page);
    await button(page, "Déposer mon bulletin").click();
    await headline(page, "Votre bulletin est dans l’urne").waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await wide.close();
  });
});

test("a page that asks another question than the trustees signed seals nothing", async () => {
  await visitor().route(`**/api/v1/elections/${LAW.electionId}`, async (route) => {
    const response = await route.fetch();
    const election = await response.json();
    const definition = { ...election.definition, question: { fr: "Autre ?", en: "Something else?" } };
    await route.fulfill({ response, json: { ...election, definition } });
  });
  const { page } = await open(`/en/vote/${LAW.electionId}`);
  await mark(page, "Yes");
  await headline(page, "You cannot vote on this page").waitFor();
  await page.getByText("is not what the trustees signed before the vote").waitFor();
});

test("the page that tests devices works from a disk, without any server", async () => {
  const { page } = await open(`/en/vote/${LAW.electionId}`);
  const code = await sealLaw(page, "No", cardAt(cards, 3));
  const link = await openForTest(page);
  const folder = await mkdtemp(join(tmpdir(), "scrutin-test-page-"));
  const second = await newVisitor({ offline: true });
  try {
    await writeFile(join(folder, "test.html"), await testPage());
    const tester = await second.newPage();
    const faults = watch(tester);
    await tester.goto(pathToFileURL(join(folder, "test.html")).href);
    await tester.getByLabel("Tracking code that").fill(code);
    await tester.getByLabel("Link that").fill(link);
    await button(tester, "Compare").click();
    await tester.getByText("This is what the device sealed").waitFor();
    expect(await tester.locator(".chosen").textContent()).toBe("No");
    expect(faults).toEqual([]);
  } finally {
    await second.close();
    await rm(folder, { recursive: true, force: true });
  }
});
