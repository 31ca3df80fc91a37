import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { focused, focusLostAt, tabTo, watchFocus } from "#test/e2e/ballot/keyboard.ts";
import { visits } from "#test/e2e/browser.ts";
import { type PollingDay, pollingDay } from "#test/e2e/polling-day.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";

/** Votes cast without a mouse: no test here clicks, or moves the focus other than by keyboard. */

const { en, fr } = CATALOGUE;

let day: PollingDay;
beforeAll(async () => {
  day = await pollingDay("keys");
});

const { visitor } = visits();

async function openForKeys(path: string): Promise<Page> {
  const page = await visitor().newPage();
  await watchFocus(page);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** Waits for the next screen. Its headline has the focus, so that a screen reader starts there. */
async function arriveAt(page: Page, headline: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: headline, exact: true }).waitFor();
  await expect.poll(() => focused(page)).toMatchObject({ tag: "H1", name: headline });
}

async function identify(page: Page, labels: readonly [string, string]): Promise<void> {
  const { nas, code } = day.nextVoter();
  await tabTo(page, labels[0]);
  await page.keyboard.type(nas);
  await tabTo(page, labels[1]);
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
}

const ENGLISH_LABELS = ["Social insurance number (SIN)", "Voting code"] as const;
const FRENCH_LABELS = ["Numéro d’assurance sociale (NAS)", "Code de vote"] as const;

describe("by keyboard alone, the focus never lost", () => {
  test("a voter goes from the home page to a law's ballot, casts it, and reads the result", async () => {
    const page = await openForKeys("/fr");
    await tabTo(page, fr.home.about(fr.home.vote, day.lawTitle));
    await page.keyboard.press("Enter");
    await arriveAt(page, "Êtes-vous d’accord ?");
    await tabTo(page, fr.ballot.yes);
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    expect((await focused(page)).name).toBe(fr.ballot.no);
    await page.keyboard.press("Enter");
    await arriveAt(page, fr.identity.title);
    await identify(page, FRENCH_LABELS);
    await arriveAt(page, fr.review.title);
    expect(await page.locator(".chosen").textContent()).toBe(fr.ballot.no);
    await tabTo(page, fr.review.cast);
    await page.keyboard.press("Enter");
    await arriveAt(page, fr.stub.acceptedTitle);
    await tabTo(page, fr.receipt.copy);
    await tabTo(page, fr.vote.seeResults);
    await page.keyboard.press("Enter");
    await arriveAt(page, fr.results.title(day.lawTitle));
    expect(await focusLostAt(page)).toEqual([]);
  });

  test("a voter chooses a region and a candidate, goes back and changes both", async () => {
    const page = await openForKeys(`/en/vote/${day.race}`);
    await tabTo(page, "Region 1");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await arriveAt(page, "Election");
    await tabTo(page, en.region.change);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.region.title);
    await tabTo(page, "Region 1");
    await page.keyboard.press("Space");
    await tabTo(page, en.vote.next);
    await page.keyboard.press("Space");
    await arriveAt(page, "Election");
    await tabTo(page, /Marie-Ève Arsenault/);
    await page.keyboard.press("Space");
    await tabTo(page, en.vote.next);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.identity.title);
    await identify(page, ENGLISH_LABELS);
    await arriveAt(page, en.review.title);
    await tabTo(page, en.review.change);
    await page.keyboard.press("Enter");
    await arriveAt(page, "Election");
    await tabTo(page, /Marie-Ève Arsenault/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await arriveAt(page, en.identity.title);
    await tabTo(page, en.identity.review);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.review.title);
    expect(await page.locator(".chosen").textContent()).toBe("Marie-Ève Bélanger");
    await tabTo(page, en.review.cast);
    await page.keyboard.press("Space");
    await arriveAt(page, en.stub.acceptedTitle);
    expect(await focusLostAt(page)).toEqual([]);
  });

  test("a voter marks as many names as allowed, is told of one too many, unmarks one and casts the rest", async () => {
    const page = await openForKeys(`/en/vote/${day.choose}/1`);
    for (const name of ["Arsenault", "Bélanger", "Côté", "Désilets"]) {
      await tabTo(page, new RegExp(`Marie-Ève ${name}`));
      await page.keyboard.press("Space");
    }
    await expect.poll(() => page.locator(".refusal").textContent()).toBe(en.choose.full(3, "Marie-Ève Désilets"));
    expect((await focused(page)).name).toContain("Marie-Ève Désilets");
    expect(await page.locator(".mark-row input:checked").count()).toBe(3);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    expect(await page.locator(".refusal").count()).toBe(0);
    expect(await page.locator(".marked-count").textContent()).toBe(en.choose.marked(2, 3));
    await tabTo(page, en.vote.next);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.identity.title);
    await identify(page, ENGLISH_LABELS);
    await arriveAt(page, en.review.title);
    expect(await page.locator(".chosen li").allTextContents()).toEqual([
      "Marie-Ève Arsenault-Wolstenholme",
      "Marie-Ève Bélanger",
    ]);
    await tabTo(page, en.review.cast);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.stub.acceptedTitle);
    expect(await focusLostAt(page)).toEqual([]);
  });

  test("a voter ranks, reorders and casts a ranking", async () => {
    const page = await openForKeys(`/en/vote/${day.ranked}/1`);
    for (const name of ["Marie-Ève Côté", "Marie-Ève Fo"]) {
      await tabTo(page, new RegExp(`^Rank .*${name}`));
      await page.keyboard.press("Enter");
    }
    await tabTo(page, en.ranked.up("Marie-Ève Fo"));
    await page.keyboard.press("Enter");
    expect((await focused(page)).name).toContain("Marie-Ève Fo");
    await tabTo(page, en.vote.next);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.identity.title);
    await identify(page, ENGLISH_LABELS);
    await arriveAt(page, en.review.title);
    expect(await page.locator(".chosen li").allTextContents()).toEqual(["Marie-Ève Fo", "Marie-Ève Côté"]);
    await tabTo(page, en.review.cast);
    await page.keyboard.press("Enter");
    await arriveAt(page, en.stub.acceptedTitle);
    expect(await focusLostAt(page)).toEqual([]);
  });

  test("a voter skips to the content, and reads every page that the footer links to", async () => {
    const page = await openForKeys("/en");
    await tabTo(page, en.site.skip);
    await page.keyboard.press("Enter");
    expect((await focused(page)).tag).toBe("MAIN");
    for (const [link, headline] of [
      [en.site.text.help, "Help"],
      [en.site.text.privacy, "Privacy"],
      [en.site.text.accessibility, "Accessibility"],
      [en.site.home, en.home.title],
    ] as const) {
      await tabTo(page, link);
      await page.keyboard.press("Enter");
      await arriveAt(page, headline);
    }
    expect(await focusLostAt(page)).toEqual([]);
  });
});

describe("an error is announced, shown next to its field, and focused", () => {
  /** What a screen reader says of the focused field: whether it is invalid, and its description. */
  const describedFocus = (page: Page) =>
    page.evaluate(() => {
      const field = document.activeElement;
      const ids = (field?.getAttribute("aria-describedby") ?? "").split(" ");
      const group = field?.closest("fieldset")?.getAttribute("aria-describedby")?.split(" ") ?? [];
      const said = [...ids, ...group].map((id) => document.getElementById(id)?.textContent ?? "");
      return { isWrong: field?.getAttribute("aria-invalid") === "true", said: said.join(" ") };
    });

  test("on an unmarked ballot", async () => {
    const page = await openForKeys(`/en/vote/${day.law}`);
    await tabTo(page, en.vote.next);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("alert").textContent()).toBe(en.ballot.unmarked(en.ballot.hintLaw));
    expect((await describedFocus(page)).said).toContain(en.ballot.unmarked(en.ballot.hintLaw));
    expect(await focusLostAt(page)).toEqual([]);
  });

  test("on fields left empty or filled in wrongly", async () => {
    const page = await openForKeys(`/en/vote/${day.law}`);
    await tabTo(page, en.ballot.yes);
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await arriveAt(page, en.identity.title);
    await tabTo(page, en.identity.review);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("alert").textContent()).toBe(en.identity.summary);
    await expect.poll(() => describedFocus(page)).toMatchObject({ isWrong: true });
    expect((await describedFocus(page)).said).toContain("9\u00a0digits are needed; there are none yet.");
    expect((await focused(page)).name).toBe(ENGLISH_LABELS[0]);
    await page.keyboard.type("12");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await describedFocus(page)).said)
      .toContain("9\u00a0digits are needed; you typed 2.");
    expect(await focusLostAt(page)).toEqual([]);
  });
});
