import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect, inject } from "vitest";
import { launchChromium } from "#load/bench/chromium.ts";
import type { Voter } from "#test/e2e/voters.ts";

/** A voter in front of a real Chromium. */

export const launch = launchChromium;

/** A fresh browser, as nobody has used it: in English, at the width of a phone, unless the test says otherwise. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: inject("url"),
    locale: "en-CA",
    viewport: { width: 360, height: 740 },
    reducedMotion: "reduce",
    ...options,
  });
}

/** Collects what goes wrong on a page: uncaught errors and refusals by the content security policy. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (said) => {
    if (/content security policy|trusted ?type/i.test(said.text())) faults.push(said.text());
  });
  return faults;
}

/** A page, and everything that went wrong on it. */
export async function open(context: BrowserContext, path: string): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults = watch(page);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, faults };
}

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails unless axe finds nothing on the page as it stands, and it needs no scrolling sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations }: AxeResults = await page.evaluate(
    `${await axeSource}; axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`,
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(found, `on ${page.url()}, at “${await page.locator("h1").textContent()}”`).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

export const headline = (page: Page, text: string) => page.getByRole("heading", { level: 1, name: text });
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Fills in who votes, and goes on to the review. */
export async function identify(page: Page, { nas, code }: Pick<Voter, "nas" | "code">): Promise<void> {
  await page.getByLabel("Social insurance number (SIN)").fill(nas);
  await page.getByLabel("Voting code").fill(code);
  await button(page, "Review my choice").click();
  await headline(page, "Is this your choice?").waitFor();
}
