#!/usr/bin/env node
import type { Browser } from "playwright-core";
import { launchChromium } from "#load/shared/chromium.ts";
import { type Figure, figuresTable, isPassed } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { countBytes, SLOW_PHONE, sumOf, timeToUse } from "#load/site-bench/first-load.ts";
import { freePort } from "#local/free-port.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run bench:site`: what a first visit weighs, and how long a slow phone takes until it can be used. */

const BYTES_PER_KB = 1000;
const MOST_KB = 60;
const MOST_SCRIPT_KB = 40;
const USABLE_WITHIN_S = 2;
const VISITS = 5;

/** Pages that visits begin with, and what must be there to use them. */
const PAGES = [
  { name: "the first page", path: "/en", sign: ".notice .button.primary" },
  { name: "a law's ballot", path: "/fr/vote/L2025-001", sign: ".sheet input" },
  { name: "a ballot of candidates", path: "/en/vote/1/1", sign: ".sheet input" },
  { name: "results", path: "/en/results/1", sign: ".tally" },
  { name: "help", path: "/fr/help", sign: ".text" },
] as const;

const newVisit = (browser: Browser, baseURL: string) =>
  browser.newContext({ baseURL, viewport: { width: 360, height: 740 } });

async function weigh(browser: Browser, url: string, { name, path, sign }: (typeof PAGES)[number]): Promise<Figure[]> {
  const visit = await newVisit(browser, url);
  const page = await visit.newPage();
  const transferred = await countBytes(page);
  await page.goto(path);
  await page.locator(sign).first().waitFor();
  await page.waitForLoadState("networkidle");
  await visit.close();
  const kB = (bytes: number, limit: number) =>
    ({ value: bytes / BYTES_PER_KB, unit: "kB", target: { kind: "at-most", limit, isBinding: true } }) as const;
  return [
    { name: `first load of ${name}`, ...kB(sumOf(transferred), MOST_KB), note: "all that was transferred" },
    { name: "  script in it", ...kB(transferred.get("Script") ?? 0, MOST_SCRIPT_KB) },
  ];
}

async function time(browser: Browser, url: string, { name, path, sign }: (typeof PAGES)[number]): Promise<Figure> {
  const times: number[] = [];
  for (let visits = 0; visits < VISITS; visits++) {
    const visit = await newVisit(browser, url);
    times.push(await timeToUse(visit, path, sign, SLOW_PHONE));
    await visit.close();
  }
  const { min, median, max } = spread(times);
  const seconds = (ms: number): string => (ms / 1000).toFixed(2);
  return {
    name: `${name} usable`,
    value: median / 1000,
    unit: "s",
    target: { kind: "at-most", limit: USABLE_WITHIN_S, isBinding: false },
    note: `median of ${VISITS}, ${seconds(min)} to ${seconds(max)}`,
  };
}

async function main(): Promise<boolean> {
  const system = await startSystem(await freePort());
  const browser = await launchChromium();
  try {
    // Nothing is cold on a day of voting.
    for (const page of PAGES) await weigh(browser, system.url, page);
    const figures: Figure[] = [];
    for (const page of PAGES) figures.push(...(await weigh(browser, system.url, page)));
    for (const page of PAGES) figures.push(await time(browser, system.url, page));
    const { download, roundTripMs, cpuSlowdown } = SLOW_PHONE;
    process.stdout.write(
      `${figuresTable(figures)}\n\nUsable: at ${download / 1e6} Mbit/s, ${roundTripMs} ms a round trip, processor ${cpuSlowdown} times slower,\n` +
        `nothing cached. Opening a TLS connection to a deployed site adds three round trips, ${(3 * roundTripMs) / 1000} s.\n`,
    );
    return isPassed(figures);
  } finally {
    await browser.close();
    await system.stop();
  }
}

await runCommand(main);
