import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { answerNational, screensOf } from "#load/site-bench/refresh.ts";
import { expectAccessible, visits } from "#test/e2e/browser.ts";

/** The results of a country: 338 regions with eight candidates each, none of whom stands in two. `npm run bench:site` times it. */

const PATH = "/en/results/national";
const { visitor, open } = visits({ viewport: { width: 390, height: 844 } });

async function openNational(): Promise<Page> {
  const national = await answerNational(visitor());
  const { page } = await open(PATH);
  await page.locator(".region-list").waitFor();
  national.goOn();
  return page;
}

/** What the page does every two seconds, without waiting for its timer. */
const refresh = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
const regions = (page: Page) => page.locator(".region-list tbody th a");
const rows = (page: Page) => page.locator(".region-list tbody tr");

test("take at most three screens, of a phone and of a desk, and rank nobody who did not stand against each other", async () => {
  const page = await openNational();
  // What is drawn once it is seen takes its place too.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.getByRole("heading", { name: "Turnout over time" }).waitFor();
  expect(await screensOf(page)).toBeLessThanOrEqual(3);
  expect(await page.locator(".tally").count()).toBe(0);
  expect(await page.locator("*").count()).toBeLessThan(1_000);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  expect(await screensOf(page)).toBeLessThanOrEqual(3);
});

test("are found by name or by who leads, sorted by margin, and a region's page is one tap away", async () => {
  const page = await openNational();
  expect(await regions(page).count()).toBe(2);
  await page.getByLabel("Find a region or a name").fill("nowhere");
  await expect.poll(() => regions(page).count()).toBe(0);
  await page.getByLabel("Find a region or a name").fill("RÉGION 33");
  await expect
    .poll(() => regions(page).allTextContents())
    .toEqual(["33", "330", "331", "332", "333", "334", "335", "336", "337", "338"].map((id) => `Region ${id}`));
  await page.getByText("10 of 338 regions").waitFor();
  await page.getByLabel("In the lead").selectOption("Party 1");
  await expect
    .poll(async () => (await rows(page).allTextContents()).filter((row) => !row.includes("Party 1")))
    .toEqual([]);
  await page.getByLabel("In the lead").selectOption("Anybody");
  await page.getByLabel("Find a region or a name").fill("");

  await page.getByLabel("In the order of").selectOption("the margin, closest first");
  await page.getByRole("button", { name: "Show all 338" }).click();
  await expect.poll(() => regions(page).count()).toBe(338);
  await expect
    .poll(async () => {
      const margins = (await rows(page).allTextContents()).map((row) => Number(row.match(/\+(\d+)$/)?.[1]));
      const isSorted = margins.every((margin, at) => margin >= (margins[at - 1] ?? 0));
      return isSorted && (margins.at(-1) ?? 0) > (margins[0] ?? 0);
    })
    .toBe(true);

  await regions(page).first().click();
  await page.locator(".tally").waitFor();
  expect(await page.locator(".tally-row").count()).toBe(8);
  await page.getByLabel("Region").selectOption("All regions");
  await page.locator(".region-list").waitFor();
});

test("draw a few nodes again at a refresh in which every count of every region changed", async () => {
  const page = await openNational();
  await page.evaluate(() => {
    const counter = window as unknown as { drawn: number };
    counter.drawn = 0;
    new MutationObserver((changes) => {
      counter.drawn += changes.length;
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const clock = () => page.getByText(/^Last change at/).textContent();
  await refresh(page);
  const before = await clock();
  await page.evaluate(() => {
    (window as unknown as { drawn: number }).drawn = 0;
  });
  await expect
    .poll(async () => {
      await refresh(page);
      return clock();
    })
    .not.toBe(before);
  const drawn = await page.evaluate(() => (window as unknown as { drawn: number }).drawn);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThan(300);
});
