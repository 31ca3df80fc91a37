import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import { race } from "#test/definitions.ts";
import {
  button,
  expectAccessible,
  headline,
  IN_THE_BOX,
  identify,
  LAW,
  mark,
  newVisitor,
  traces,
  visits,
} from "#test/e2e/browser.ts";
import { openPolls } from "#test/e2e/polls.ts";
import { voter, votersIn } from "#test/e2e/voters.ts";

/** Casting a ballot on the site, from the list of votes to the ballot box. */

const { visitor, open } = visits({ hasTouch: true });
const region1 = votersIn("1", 900, 3);

const votesFor = async (page: Page, name: string): Promise<number> => {
  const row = page.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) });
  return Number.parseInt(
    ((await row.textContent()) ?? "").match(/([\d,]+)\svotes?/)?.[1]?.replaceAll(",", "") ?? "",
    10,
  );
};
const namesIn = (page: Page) => page.locator("[data-ranked] .mark-name").allTextContents();
const rank = (page: Page, name: string | undefined) =>
  page.getByRole("button", { name: new RegExp(`^Rank .*, ${name}$`) });

test("a ballot on a law is cast, its tracking code kept, and the count rises on an open results page", async () => {
  const watcher = await open(`/en/results/${LAW}`);
  await watcher.page.locator(".tally").waitFor();
  const before = await votesFor(watcher.page, "Yes");

  const { page, faults } = await open("/en/");
  await page.getByRole("link", { name: "Vote: Permanent Time Act" }).click();
  await headline(page, "Do you agree that the Permanent Time Act").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/en/vote/${LAW}`);
  await page.getByText("What this vote is about was fixed and signed beforehand").click();
  const opening = page.getByRole("link", { name: /^(?:[0-9a-f]{4} ){15}[0-9a-f]{4}$/ });
  expect(await opening.getAttribute("href")).toBe(`/api/v1/elections/${LAW}/opening`);
  await button(page, "Continue").click();
  await expect
    .poll(() => page.getByRole("alert").textContent())
    .toBe("Your ballot is not filled in yet. Mark one box.");
  expect(await page.title()).toBe("Error: Your ballot – Permanent Time Act – Scrutin");
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await headline(page, "Who are you?").waitFor();
  await button(page, "Review my choice").click();
  await page.getByText("9 digits are needed; there are none yet.").waitFor();
  await page.getByText("6 letters or digits are needed; there are none yet.").waitFor();
  expect(await page.title()).toBe("Error: Who are you? – Permanent Time Act – Scrutin");
  await identify(page, voter(901));
  expect(await page.locator(".chosen").textContent()).toBe("Yes");
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  expect((await page.locator(".tracking-code").textContent())?.trim()).toMatch(/^[A-Z2-7]{5}(?: [A-Z2-7]{5}){3}$/);
  await page.getByRole("img", { name: "QR code" }).waitFor();
  expect(await page.title()).toBe(`${IN_THE_BOX} – Permanent Time Act – Scrutin`);
  const next = page.getByText("Another vote is open:").getByRole("link");
  expect(await next.getAttribute("href")).toMatch(/^\/en\/vote\/(?!L2025-001)/);

  await expect.poll(() => votesFor(watcher.page, "Yes")).toBeGreaterThan(before);
  expect([...faults, ...watcher.faults]).toEqual([]);
});

test("who votes in the only region of an election is not asked where", async () => {
  const regions = [{ regionId: "1", name: { fr: "Région", en: "Region" } }];
  const candidates = ["Roy", "Lee"].map((lastName) => ({ candidateId: lastName, lastName, regionIds: ["1"] }));
  await openPolls(race({ electionId: "web-one-region", regions, candidates }), region1);
  const { page } = await open("/en/vote/web-one-region");
  await headline(page, "Election").waitFor();
  await page.getByText("Step 1 of 4").waitFor();
  expect(await page.getByRole("link", { name: "Change region" }).count()).toBe(0);
});

test("a ballot for a candidate of the chosen region is cast in French, in a wide window, in the dark", async () => {
  const wide = await newVisitor({ colorScheme: "dark", locale: "fr-CA", viewport: { width: 1280, height: 900 } });
  const page = await wide.newPage();
  await page.goto("/vote/1");
  await headline(page, "Où votez-vous").waitFor();
  expect(new URL(page.url()).pathname).toBe("/fr/vote/1");
  expect(await page.locator("html").getAttribute("lang")).toBe("fr");
  await mark(page, "Vallée du Saint-Laurent");
  await button(page, "Continuer").click();
  await headline(page, "Élection des députés régionaux").waitFor();
  expect(new URL(page.url()).pathname).toBe("/fr/vote/1/1");
  await expectAccessible(page);
  await mark(page, "Solène Desrochers-Vance");
  await button(page, "Continuer").click();
  await page.getByLabel("Numéro d’assurance sociale").fill(region1[0]?.nas ?? "");
  await page.getByLabel("Code de vote").fill(region1[0]?.code ?? "");
  await button(page, "Vérifier mon choix").click();
  await headline(page, "Est-ce bien votre choix").waitFor();
  expect(await page.locator(".chosen").textContent()).toBe("Solène Desrochers-Vance");
  await button(page, "Déposer mon bulletin").click();
  await headline(page, "Votre bulletin est dans l’urne").waitFor();
  await page.getByRole("img", { name: "Code QR" }).waitFor();
  await page.getByRole("link", { name: "Voir les résultats" }).click();
  await page.locator(".region-list").waitFor();
  await page.getByLabel("Région").selectOption("1");
  await expect.poll(() => new URL(page.url()).pathname).toBe("/fr/results/1/1");
  await wide.close();
});

test("candidates are ranked by keyboard alone, the order is announced, and the focus is never lost", async () => {
  const { page, faults } = await open("/en/vote/2/1");
  await page.locator(".ranks .mark-name").nth(2).waitFor();
  const names = await page.locator(".ranks .mark-name").allTextContents();
  const [first, second, third] = names;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  for (const name of [first, second, third]) await rank(page, name).press("Enter");
  await button(page, `Move ${third} up`).press("Enter");
  expect(await focused()).toBe(`Move ${third} up`);
  const handle = button(page, `Drag ${third}, or move with the arrow keys`);
  await handle.press("ArrowUp");
  expect(await focused()).toBe(`Drag ${third}, or move with the arrow keys`);
  expect(await page.getByRole("status").first().textContent()).toBe(
    `${third} is now your 1st choice. Your order: 1st ${third}, 2nd ${first}, 3rd ${second}.`,
  );
  await page.getByLabel(`Rank of ${first}`).selectOption("3");
  await expectAccessible(page);
  await button(page, "Continue").press("Enter");
  await headline(page, "Who are you?").waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  await page.getByLabel("Social insurance number (SIN)").fill(region1[1]?.nas ?? "");
  await page.getByLabel("Voting code").fill(region1[1]?.code ?? "");
  await page.keyboard.press("Enter");
  await headline(page, "Is this your choice?").waitFor();
  expect(await page.locator(".chosen li").allTextContents()).toEqual([third, second, first]);
  await button(page, "Cast my ballot").press("Enter");
  await headline(page, IN_THE_BOX).waitFor();
  expect(faults).toEqual([]);
});

/** Drags a finger from one element to another, in steps, and lifts it there. */
async function slide(touch: CDPSession, page: Page, from: string, to: string): Promise<void> {
  const middle = async (selector: string) => {
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not on the page`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  await page.locator(from).scrollIntoViewIfNeeded();
  const start = await middle(from);
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [start] });
  const end = await middle(to);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const point = { x: start.x, y: start.y + (end.y - start.y) * part };
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point] });
  }
  // Lifted while moving, the finger would fling the page, and the next tap would only stop it.
  await page.waitForTimeout(200);
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("candidates are ranked by a finger, and buttons and numbers show the same order", async () => {
  const { page, faults } = await open("/en/vote/2/1");
  await page.setViewportSize({ width: 360, height: 1800 });
  const touch = await visitor().newCDPSession(page);
  await page.locator(".ranks .mark-name").nth(2).waitFor();
  const names = await page.locator(".ranks .mark-name").allTextContents();
  const [first, second, third] = names;
  const row = async (name: string | undefined) =>
    `[data-row="${await page.locator("[data-row]", { hasText: name ?? "" }).getAttribute("data-row")}"]`;
  for (const name of [first, second, third]) await rank(page, name).tap();

  await slide(touch, page, `${await row(third)} .handle`, `${await row(first)} .rank-number`);
  await expect.poll(() => namesIn(page)).toEqual([third, first, second]);
  expect(await page.getByLabel(`Rank of ${third}`).inputValue()).toBe("1");
  await expect
    .poll(() => page.getByRole("status").first().textContent())
    .toContain(`Your order: 1st ${third}, 2nd ${first}, 3rd ${second}.`);

  await slide(touch, page, `${await row(first)} .handle`, ".page .step-actions");
  await expect.poll(() => namesIn(page)).toEqual([third, second]);
  // The order changes during the drag; the announcement comes after the drop.
  await expect
    .poll(() => page.getByRole("status").first().textContent())
    .toContain(`Your order: 1st ${third}, 2nd ${second}.`);
  await button(page, `Move ${second} up`).tap();
  await expect.poll(() => namesIn(page)).toEqual([second, third]);
  expect(faults).toEqual([]);
});

test("a blank ballot can be chosen where the election allows it, and is named in the review", async () => {
  const { page } = await open("/en/vote/1/1");
  await mark(page, "Blank ballot");
  await button(page, "Continue").click();
  await identify(page, region1[2] ?? voter(0));
  expect(await page.locator(".chosen").textContent()).toBe("a blank ballot");
  expect(await traces(page)).not.toContain("-|");
});
