import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { race } from "#test/definitions.ts";
import { expectAccessible, visits } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** A results page that updates itself while somebody reads it. */

const RACE = "web-live";
const PATH = `/en/results/${RACE}/1`;
type Vote = Readonly<{ candidate_id: string }>;
const voters = votersIn("1", 0, 20);
const [ada, bo, cy] = ["1", "2", "3"].map((id) => ({ candidate_id: id })) as [Vote, Vote, Vote];
let cast = 0;

/** Casts ballots from voters who have not voted yet. */
async function castNext(...choices: readonly Vote[]): Promise<void> {
  await castAll(RACE, voters.slice(cast), choices);
  cast += choices.length;
}

/** Adds up the layout shifts that the reader did not cause. */
const COUNT_SHIFTS = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });`;

/** Waits until the page has painted everything and reported its shifts. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let frames = 0; frames < 10; frames++) await frame();
  });
}

/** What the page does every two seconds, without waiting for its timer. */
const refresh = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));

const row = (page: Page, name: string) => page.locator(".tally-row").filter({ hasText: name });
const names = (page: Page) => page.locator(".tally-row .mark-name").allTextContents();
const figuresOf = async (page: Page, name: string) => row(page, name).locator(".tally-figures").textContent();

const { visitor, open } = visits();

beforeAll(async () => {
  await openPolls(
    race({
      electionId: RACE,
      candidates: [
        { candidateId: "1", firstName: "Ada", lastName: "Roy", partyId: "p", regionIds: ["1"] },
        { candidateId: "2", firstName: "Bo", lastName: "Lee", regionIds: ["1"] },
        { candidateId: "3", firstName: "Cy", lastName: "Fox", regionIds: ["1", "2"] },
      ],
    }),
    voters,
  );
  await castNext(ada, ada, cy, cy, bo);
});

test("new ballots change only the numbers: no row, focus or scroll position moves", async () => {
  await visitor().addInitScript(COUNT_SHIFTS);
  const { page, faults } = await open(PATH);
  await row(page, "Ada Roy").getByText("Tied").waitFor();
  await page.getByText("No change since you opened this page").waitFor();
  await page.getByRole("button", { name: "Download as CSV" }).focus();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(0);
  await settle(page);
  await page.evaluate("window.shifted = 0");

  await castNext(bo);
  await expect.poll(() => figuresOf(page, "Bo Lee")).toBe("33.3%2\u00a0votes");
  await castNext(bo);
  await expect.poll(() => figuresOf(page, "Bo Lee")).toBe("42.9%3\u00a0votes");
  await row(page, "Bo Lee").getByText("In the lead").waitFor();
  await page.getByText(/^Last change at \d/).waitFor();
  await settle(page);
  expect(await page.evaluate("window.shifted")).toBe(0);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Download as CSV");
  expect(await names(page)).toEqual(["Ada Roy", "Cy Fox", "Bo Lee"]);

  await page.getByText("The order has changed.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Put most votes first" }).press("Enter");
  await expect.poll(() => names(page)).toEqual(["Bo Lee", "Ada Roy", "Cy Fox"]);
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("tally");
  expect(faults).toEqual([]);
});

test("a screen reader announces only what changed, and not too often", async () => {
  await visitor().clock.install();
  const { page } = await open(PATH);
  await row(page, "Ada Roy").waitFor();
  await page.clock.pauseAt(Date.now() + 1_000);
  const said = () => page.locator(".figures > [role=status]").textContent();
  await castNext(ada);
  await expect
    .poll(async () => {
      await refresh(page);
      return figuresOf(page, "Ada Roy");
    })
    .toContain("3\u00a0votes");
  await page.clock.runFor(10_000);
  expect(await said()).toBe("");
  await page.clock.runFor(5_000);
  await expect.poll(said).toBe("Ada Roy: 3\u00a0votes, 37.5%. Turnout: 40.0%.");
});

test("while the page is paused nothing is asked, changed or announced, also after a reload, until it goes on", async () => {
  await visitor().clock.install();
  const { page } = await open(PATH);
  await row(page, "Ada Roy").waitFor();
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.getByText("Updates are paused.").waitFor();
  await expectAccessible(page);
  const before = await page.locator(".figures").innerHTML();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await castNext(ada);
  await page.clock.runFor(60_000);
  await refresh(page);
  await page.clock.runFor(20_000);
  expect(asked).toEqual([]);
  expect(await page.locator(".figures").innerHTML()).toBe(before);
  expect(await page.locator(".figures > [role=status]").textContent()).toBe("");

  await page.reload();
  await row(page, "Ada Roy").waitFor();
  const figures = asked.filter((address) => address.endsWith("/regions/1/results"));
  expect(figures.length).toBe(1);
  await page.clock.runFor(20_000);
  expect(asked.filter((address) => address.endsWith("/regions/1/results"))).toEqual(figures);
  await page.getByRole("button", { name: "Resume updates" }).click();
  await page.getByText("This page updates by itself.").waitFor();
  await expect.poll(() => asked.filter((address) => address.endsWith("/regions/1/results")).length).toBeGreaterThan(1);
});

test("choosing and leaving a region keeps the reader's place, and shows its figures under its own name", async () => {
  const { page } = await open(`/en/results/${RACE}`);
  await page.getByRole("heading", { name: "All regions" }).waitFor();
  const picker = page.getByLabel("Region");
  await picker.focus();
  await picker.selectOption("Region 2");
  await page.getByRole("heading", { name: "Region 2" }).waitFor();
  expect(await names(page)).toEqual(["Cy Fox"]);
  expect(new URL(page.url()).pathname).toBe(`/en/results/${RACE}/2`);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("region");
  await page.reload();
  await page.getByRole("heading", { name: "Region 2" }).waitFor();
  await picker.selectOption("All regions");
  await page.getByRole("heading", { name: "All regions" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/en/results/${RACE}`);
});

test("without a connection a notice over the page, which moves nothing, says that figures may be old", async () => {
  await visitor().addInitScript(COUNT_SHIFTS);
  const { page } = await open(PATH);
  await row(page, "Ada Roy").waitFor();
  await settle(page);
  await page.evaluate("window.shifted = 0");
  await visitor().setOffline(true);
  await page.getByText("these figures may be out of date").waitFor();
  await expectAccessible(page);
  await visitor().setOffline(false);
  await page.getByText("these figures may be out of date").waitFor({ state: "detached" });
  expect(await page.evaluate("window.shifted")).toBe(0);
});
