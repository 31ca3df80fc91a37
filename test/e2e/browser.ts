import { text } from "node:stream/consumers";
import type { Browser, BrowserContext, BrowserContextOptions, Download, Page } from "playwright-core";
import { afterEach, beforeEach, expect, inject } from "vitest";
import { launchChromium } from "#load/shared/chromium.ts";
import { barriers } from "#test/e2e/soundness.ts";
import type { Voter } from "#test/e2e/voters.ts";

/** A voter at a real Chromium. */

/**
 * One for each worker, driven from within it. Behind a server shared by all workers, every message of the protocol passes
 * two processes and is packed and unpacked once more.
 */
let browser: Promise<Browser> | undefined;

/** The site's opener policy would give each new page a second process, to leave the first one's empty page behind. */
const PROCESS_PER_VISITOR = "--renderer-process-limit=1";

/** A fresh browser context: English and phone-sized unless the test says otherwise. */
export async function newVisitor(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launchChromium(PROCESS_PER_VISITOR);
  return (await browser).newContext({
    baseURL: inject("url"),
    locale: "en-CA",
    viewport: { width: 360, height: 740 },
    reducedMotion: "reduce",
    ...options,
  });
}

/** A fresh visitor for each test in a file. */
export function visits(options: BrowserContextOptions = {}) {
  let visitor: BrowserContext;
  beforeEach(async () => {
    visitor = await newVisitor(options);
  });
  afterEach(async () => {
    // An answer that is still on its way through a test's route would otherwise fail the whole run.
    const routed = [visitor, ...visitor.pages()];
    await Promise.all(routed.map((one) => one.unrouteAll({ behavior: "ignoreErrors" })));
    await visitor.close();
  });
  return {
    visitor: () => visitor,
    /** Opens a page for the test's own visitor, or for another. */
    open: (path: string, who = visitor) => open(who, path),
  };
}

/** Collects uncaught errors and violations of the content security policy. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (said) => {
    if (/content security policy|trusted ?type/i.test(said.text())) faults.push(said.text());
  });
  return faults;
}

/** Opens a page, and collects everything that goes wrong on it. */
export async function open(context: BrowserContext, path: string): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults = watch(page);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, faults };
}

/** Fails when axe finds anything on the page as it is, or the page scrolls sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  const where = `on ${page.url()}, at “${await page.locator("h1").textContent()}”`;
  expect(await barriers(page), where).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

/** The content of a download. */
export const textOf = async (download: Download): Promise<string> => text(await download.createReadStream());

export const headline = (page: Page, text: string) => page.getByRole("heading", { level: 1, name: text });
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

export const mark = (page: Page, name: string) => page.getByRole("radio", { name }).check({ force: true });

export const LAW = "L2025-001";
export const IN_THE_BOX = "Your ballot is in the box";

/** Marks the law's ballot and stops at the button that casts it. */
export async function reviewLaw(page: Page, who: Voter): Promise<void> {
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await identify(page, who);
}

/** Everything that the browser keeps of a visit: storage, address and history. */
export function traces(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, location.href]),
  );
}

/** Collects the envelopes that a page sends from now on. */
export function envelopesOf(page: Page): readonly string[] {
  const envelopes: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "POST" && pathname.endsWith("/vote")) envelopes.push(request.postDataJSON().envelope);
  });
  return envelopes;
}

/** Refuses a page's next ballots as the API would. */
export async function refuseBallots(page: Page, status: number, slug: string, more: object = {}): Promise<void> {
  await page.route("**/api/v1/vote", (route) =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: `/api/v1/docs#${slug}`, title: "t", status, detail: "d", ...more }),
    }),
  );
}

/**
 * Answers a page's ballot, which does arrive, as a server that received another one.
 * @param outcomeToo whether the outcome names the other ballot too, or the voter's own
 */
export async function answerForAnotherBallot(page: Page, outcomeToo = true): Promise<void> {
  const tracking_code = "A".repeat(20);
  await page.route("**/api/v1/vote", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), tracking_code } });
  });
  if (!outcomeToo) return;
  await page.route("**/api/v1/votes/*", (route) =>
    route.fulfill({ json: { status: "accepted", tracking_code, message: "" } }),
  );
}

/** Fills in the credentials and goes on to the review. */
export async function identify(page: Page, { nas, code }: Pick<Voter, "nas" | "code">): Promise<void> {
  await page.getByLabel("Social insurance number (SIN)").fill(nas);
  await page.getByLabel("Voting code").fill(code);
  await button(page, "Review my choice").click();
  await headline(page, "Is this your choice?").waitFor();
}
