import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectivesOf } from "#load/scenarios/objectives.ts";
import { reportPage } from "#load/scenarios/report-page.ts";
import type { RunRecord } from "#load/scenarios/run-record.ts";
import { drawChart, lineThrough } from "#load/shared/chart.ts";
import { launchChromium } from "#load/shared/chromium.ts";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const record: RunRecord = {
  scenario: "random-spammer",
  startedAt: "2026-11-21T09:00:00.000Z",
  votes: 30,
  posts: 60,
  accepted: 40,
  counted: 30,
  lost: 0,
  countedTwice: 0,
  unanswered: 0,
  turnedAway: 0,
  endToEndSeconds: 3.2,
  p95Ms: 31,
  seconds: [
    { posted: 30, accepted: 20, voters: 15, p50Ms: 8, p95Ms: 31, counted: 4, waiting: 9 },
    { posted: 0, accepted: 0, voters: 0, p50Ms: null, p95Ms: null, counted: 15, waiting: 3 },
    { posted: 30, accepted: 20, voters: 15, p50Ms: 9, p95Ms: 1_234, counted: 30, waiting: 0 },
  ],
};
const summary = [["sent", "60 <b>"]] as const;
const page = (of: RunRecord = record, planned = of.posts) => reportPage(of, planned, summary, objectivesOf(of, 30));

test("the outcome stands first, in words: what was lost, what was counted twice, what was not sent", () => {
  const verdictOf = (html: string) => /<p class="verdict[^>]*>([^<]*)</.exec(html)?.[1];
  expect(verdictOf(page())).toBe("Lost: none. Counted twice: none. Every accepted ballot was counted once.");
  expect(verdictOf(page({ ...record, lost: 2, countedTwice: 1 }))).toBe("Lost: 2 ballots. Counted twice: 1 ballot.");
  expect(verdictOf(page(record, 61))).toBe("Only 60 of 61 ballots were sent.");
  expect(page().indexOf("verdict good")).toBeLessThan(page().indexOf("<h2>"));
});

test("every objective is told, met or missed", () => {
  expect(page()).toContain("missed</b> <span>95 % of the posts were answered within 31 ms; it should be 30 ms.");
  expect(page()).toContain("met</b> <span>no voter turned away while the polls are open");
  expect(page({ ...record, turnedAway: 3 })).toContain("3 of 30 voters were turned away");
});

test("a chart says in words what it shows, and leaves a gap where nothing is known", () => {
  const lines = [lineThrough("half", [8, Number.NaN, 9])];
  const figure = drawChart({ title: "Time", unit: "ms", along: "seconds", lines });
  expect(figure).toContain("<title>Time. half: at most 9 ms, 9 at the end</title>");
  expect(figure).toMatch(/ d="M[^"]*M[^"]*"/);
});

describe("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function shown(width: number, colorScheme: "light" | "dark", work: (page: Page) => Promise<void>) {
    const visitor = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    try {
      const tab = await visitor.newPage();
      const asked: string[] = [];
      tab.on("request", (request) => asked.push(request.url()));
      await tab.setContent(page());
      await work(tab);
      await pause(100);
      expect(asked).toEqual([]);
    } finally {
      await visitor.close();
    }
  }

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [360, "light"],
    [360, "dark"],
  ] as const)("at %i pixels, %s: it asks the network for nothing, fits, and is accessible", async (width, scheme) => {
    await shown(width, scheme, async (tab) => {
      await tab.locator("summary").click();
      expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await tab.evaluate(AXE);
      const found = await tab.evaluate<AxeResults>("axe.run()");
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  });

  test("no words of a chart lie upon each other on a phone", async () => {
    await shown(360, "light", async (tab) => {
      const overlaps = await tab.evaluate(() =>
        [...document.querySelectorAll("svg")].flatMap((chart) =>
          [...chart.querySelectorAll("g:has(> text)")].flatMap((one) => {
            const boxes = [...one.children].map((label) => label.getBoundingClientRect());
            return boxes.filter((box, index) =>
              boxes.some(
                (other, at) =>
                  at > index &&
                  box.left < other.right &&
                  other.left < box.right &&
                  box.top < other.bottom &&
                  other.top < box.bottom,
              ),
            );
          }),
        ),
      );
      expect(overlaps).toEqual([]);
    });
  });
});
