#!/usr/bin/env node
import type { Browser } from "playwright-core";
import { launchChromium } from "#load/shared/chromium.ts";
import { type Figure, figure, figuresTable, isPassed, medianFigure, mustBe, shouldBe } from "#load/shared/figures.ts";
import { say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { countBytes, SLOW_PHONE, sumOf, timeToUse } from "#load/site-bench/first-load.ts";
import { measureRefreshes } from "#load/site-bench/refresh.ts";
import { startSecureFront } from "#load/site-bench/secure-front.ts";
import { bytesOf, MOST, voteOnce } from "#load/site-bench/whole-voter.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run bench:site`: how many bytes a first visit takes, how soon a slow phone can use the page, and what a country's results cost it. */

const BYTES_PER_KB = 1000;
const MOST_KB = 60;
/** With the style. */
const MOST_SCRIPT_KB = 50;
const USABLE_WITHIN_S = 2;
const BALLOT_USABLE_WITHIN_S = 1.3;
const VISITS = 5;

const PAGES = [
  { name: "the first page", path: "/en", sign: ".notice .button.primary" },
  { name: "a law's ballot", path: "/fr/vote/L2025-001", sign: ".sheet input" },
  { name: "a ballot of candidates", path: "/en/vote/1/1", sign: ".sheet input" },
  { name: "results", path: "/en/results/1", sign: ".region-list" },
  { name: "help", path: "/fr/help", sign: ".text" },
] as const;
type FirstPage = (typeof PAGES)[number];

const DEMO_VOTER = { nas: "123456789", code: "ABC123" };
const PHONE = { viewport: { width: 360, height: 740 } };

const newVisit = (browser: Browser, baseURL: string) => browser.newContext({ ...PHONE, baseURL });

async function weigh(browser: Browser, url: string, { name, path, sign }: FirstPage): Promise<readonly Figure[]> {
  await using visit = await newVisit(browser, url);
  const page = await visit.newPage();
  const transferred = await countBytes(page);
  await page.goto(path);
  await page.locator(sign).first().waitFor();
  await page.waitForLoadState("networkidle");
  const script = transferred.get("Script") ?? 0;
  return [
    figure(`first load of ${name}`, sumOf(transferred) / BYTES_PER_KB, "kB", mustBe("≤", MOST_KB), "all transferred"),
    figure("  script in it", script / BYTES_PER_KB, "kB", mustBe("≤", MOST_SCRIPT_KB)),
  ];
}

/** Over HTTP/2 and TLS, with nothing cached. */
async function countVoter(browser: Browser, url: string): Promise<readonly Figure[]> {
  await using front = await startSecureFront(url);
  await using visit = await browser.newContext({ ...PHONE, baseURL: front.url, ignoreHTTPSErrors: true });
  const { untilUsable, all } = await voteOnce(visit, "/fr/vote/L2025-001", DEMO_VOTER);
  return [
    figure("one voter, all in", all.length, "requests", mustBe("≤", MOST.requests), "page, vote, outcome, results"),
    figure("  transferred", bytesOf(all) / BYTES_PER_KB, "kB", mustBe("≤", MOST.kB), "brotli, headers included"),
    figure("  until the ballot can be marked", untilUsable.length, "requests", mustBe("≤", MOST.requestsUntilUsable)),
    figure("    transferred", bytesOf(untilUsable) / BYTES_PER_KB, "kB"),
  ];
}

async function time(browser: Browser, url: string, { name, path, sign }: FirstPage): Promise<Figure> {
  const seconds: number[] = [];
  for (let visits = 0; visits < VISITS; visits++) {
    await using visit = await newVisit(browser, url);
    seconds.push((await timeToUse(visit, path, sign)) / 1000);
  }
  return medianFigure(
    `${name} usable`,
    seconds,
    "s",
    shouldBe("≤", path.includes("/vote/") ? BALLOT_USABLE_WITHIN_S : USABLE_WITHIN_S),
  );
}

async function main(): Promise<boolean> {
  await using system = await startSystem();
  await using browser = await launchChromium();
  // On polling day nothing is cold.
  for (const page of PAGES) await weigh(browser, system.url, page);
  const figures: Figure[] = [];
  for (const page of PAGES) figures.push(...(await weigh(browser, system.url, page)));
  for (const page of PAGES) figures.push(await time(browser, system.url, page));
  figures.push(...(await countVoter(browser, system.url)));
  figures.push(...(await measureRefreshes(browser, system.url)));
  const { download, roundTripMs, cpuSlowdown } = SLOW_PHONE;
  say(`${figuresTable(figures)}

Usable: at ${download / 1e6} Mbit/s, ${roundTripMs} ms a round trip, processor ${cpuSlowdown} times slower, nothing cached.
Opening a TLS connection to a deployed site adds three round trips, ${(3 * roundTripMs) / 1000} s.`);
  return isPassed(figures);
}

await runCommand(main);
