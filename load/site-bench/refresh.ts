import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Figure, figure, mustBe, shouldBe } from "#load/shared/figures.ts";
import { SLOW_PHONE } from "#load/site-bench/first-load.ts";
import { NATIONAL, nationalResults } from "#load/site-bench/national-answers.ts";

/** What a national election costs the browser that shows it: the main thread's time at each refresh, and how long the page is. */

const MOST_MS = 200;
const MOST_SCREENS = 3;
const REFRESHES = 8;
const PHONE = { width: 390, height: 844 };

/** How long a page is, in screens. */
export const screensOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight / innerHeight);

/** Answers for the API in a visitor's pages. The first count stays until they go on. */
export async function answerNational(visitor: BrowserContext) {
  let goesOn = false;
  let refreshes = 0;
  await visitor.route(`**/api/v1/elections/${NATIONAL.election_id}**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const regionId = path.match(/regions\/(\d+)\/results$/)?.[1];
    if (path.endsWith("/results")) {
      if (goesOn) refreshes++;
      await route.fulfill({ json: nationalResults(refreshes, regionId) });
    } else if (path.endsWith("/turnout")) {
      const turnout = { election_id: NATIONAL.election_id, on_roll: 0, points: [] };
      await route.fulfill({ json: { ...turnout, updated_at: "2026-06-01T12:00:00Z" } });
    } else await route.fulfill({ json: NATIONAL });
  });
  return {
    goOn: () => {
      goesOn = true;
    },
    refreshes: () => refreshes,
  };
}

/** Time of the processor, not of the clock: what else the machine does is not counted. */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}

export async function measureRefreshes(browser: Browser, baseURL: string): Promise<readonly Figure[]> {
  await using visit = await browser.newContext({ baseURL, viewport: PHONE });
  const national = await answerNational(visit);
  const page = await visit.newPage();
  const busyMs = await mainThread(page);
  await page.goto(`/en/results/${NATIONAL.election_id}`);
  await page.locator(".region-list").waitFor();
  await page.waitForLoadState("networkidle");
  const beganMs = await busyMs();
  national.goOn();
  while (national.refreshes() < REFRESHES) await page.waitForTimeout(100);
  const perRefreshMs = ((await busyMs()) - beganMs) / REFRESHES;
  const note = `${PHONE.width} × ${PHONE.height} pixels`;
  return [
    figure(
      "main thread, each refresh of national results",
      perRefreshMs * SLOW_PHONE.cpuSlowdown,
      "ms",
      shouldBe("≤", MOST_MS),
      `${perRefreshMs.toFixed(0)} ms of processor, times ${SLOW_PHONE.cpuSlowdown}; every count changed`,
    ),
    figure("  length of the page", await screensOf(page), "screens", mustBe("≤", MOST_SCREENS), note),
  ];
}
