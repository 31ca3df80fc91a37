import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { launchChromium } from "#load/shared/chromium.ts";
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

/** One browser for a file of tests, and in it a fresh visitor for each test. */
export function visits(options: BrowserContextOptions = {}) {
  let browser: Browser;
  let visitor: BrowserContext;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    visitor = await newVisitor(browser, options);
  });
  afterEach(() => visitor.close());
  return {
    visitor: () => visitor,
    /** Another visitor, on a browser of their own making; to be closed by the test. */
    another: (others: BrowserContextOptions) => newVisitor(browser, others),
    open: (path: string) => open(visitor, path),
  };
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

export const mark = (page: Page, name: string) => page.getByRole("radio", { name }).check({ force: true });

export const LAW = "L2025-001";
export const IN_THE_BOX = "Your ballot is in the box";

/** Marks the law's ballot and comes as far as the button that casts it. */
export async function reviewLaw(page: Page, who: Voter): Promise<void> {
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await identify(page, who);
}

/** Everything that the browser would keep of a visit, and everything that stands in the address and the history. */
export function traces(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, location.href]),
  );
}

/** The envelopes that a page sends from now on. */
export function envelopesOf(page: Page): readonly string[] {
  const envelopes: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "POST" && pathname.endsWith("/vote")) envelopes.push(request.postDataJSON().envelope);
  });
  return envelopes;
}

/** Answers a page's next ballots with a refusal, as the API words it. */
export async function refuseBallots(page: Page, status: number, slug: string, more: object = {}): Promise<void> {
  await page.route("**/api/v1/vote", (route) =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: `/api/v1/docs#${slug}`, title: "t", status, detail: "d", ...more }),
    }),
  );
}

/** Fills in who votes, and goes on to the review. */
export async function identify(page: Page, { nas, code }: Pick<Voter, "nas" | "code">): Promise<void> {
  await page.getByLabel("Social insurance number (SIN)").fill(nas);
  await page.getByLabel("Voting code").fill(code);
  await button(page, "Review my choice").click();
  await headline(page, "Is this your choice?").waitFor();
}
