import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { get } from "#test/e2e/api.ts";
import {
  button,
  envelopesOf,
  expectAccessible,
  headline,
  IN_THE_BOX,
  mark,
  textOf,
  traces,
  visits,
} from "#test/e2e/browser.ts";
import { type DayVoter, type PollingDay, pollingDay } from "#test/e2e/polling-day.ts";

/** Several questions in one visit: a law, a race with regions and a ranked one; another was cancelled. */

const DAY = "paper";
const BYLAW = `Bylaw (${DAY})`;
const MAYOR = `Mayor (${DAY})`;
const COUNCIL = `Council (${DAY})`;

let day: PollingDay;
beforeAll(async () => {
  day = await pollingDay(DAY);
});

const { open } = visits();

const row = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });
const inRow = (page: Page, title: string, words: string) => row(page, title).getByText(words);

/** Marks all three, and stops at the fields. */
async function markAll(page: Page): Promise<void> {
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await headline(page, "Question 2 of 3: Mayor").waitFor();
  await mark(page, "Arsenault");
  await button(page, "Continue").click();
  await headline(page, "Question 3 of 3: Council").waitFor();
  for (const name of ["Fo", "Côté"]) await page.getByRole("button", { name: new RegExp(`^Rank .* ${name}$`) }).click();
  await button(page, "Continue").click();
  await headline(page, "Who are you?").waitFor();
}

async function reviewAll(page: Page, { nas, code }: DayVoter): Promise<void> {
  await page.getByLabel("Social insurance number (SIN)").fill(nas);
  await page.getByLabel("Voting code").fill(code);
  await button(page, "Review my choices").click();
  await headline(page, "Are these your choices?").waitFor();
}

const codesOn = (page: Page): Promise<readonly (string | null)[]> =>
  page
    .locator("[data-tracking-code]")
    .evaluateAll((codes) => codes.map((code) => code.getAttribute("data-tracking-code")));

test("a voter marks each question, identifies once, reviews all and casts all; each ballot is counted by itself", async () => {
  const { page, faults } = await open("/en");
  const notice = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: MAYOR, exact: true }) });
  expect(await notice.first().getByRole("heading", { level: 3 }).allTextContents()).toEqual([
    `Merger (${DAY})`,
    BYLAW,
    MAYOR,
    COUNCIL,
  ]);
  await notice
    .first()
    .getByRole("link", { name: /^Vote: / })
    .click();
  await headline(page, "Where do you vote?").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/en/vote/paper/${day.paper}`);
  const absent = page.getByRole("region", { name: "No voting now on" });
  await absent.getByText(`Merger (${DAY})`).waitFor();
  await absent.getByText("Only one question was left.").waitFor();
  await mark(page, "Region 1");
  await button(page, "Continue").click();
  await headline(page, "Question 1 of 3: Do you agree?").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/en/vote/paper/${day.paper}/1`);
  await button(page, "Continue").click();
  await page.getByText("Your ballot is not filled in yet.").waitFor();
  await markAll(page);

  // Back and forth, and by reload, nothing is lost.
  await page.goBack();
  await headline(page, "Council").waitFor();
  expect(await page.locator("[data-ranked] .mark-name").allTextContents()).toEqual(["Marie-Ève Fo", "Marie-Ève Côté"]);
  await button(page, "Back").click();
  expect(await page.getByRole("radio", { name: "Arsenault" }).isChecked()).toBe(true);
  await page.reload();
  await headline(page, "Mayor").waitFor();
  expect(await page.getByRole("radio", { name: "Arsenault" }).isChecked()).toBe(true);
  await button(page, "Continue").click();
  await button(page, "Continue").click();
  const who = day.nextVoter();
  await reviewAll(page, who);
  await expectAccessible(page);
  expect(await traces(page)).not.toMatch(new RegExp(`${who.nas}|${who.code}`));

  // One is changed on the way, and the review is next.
  await button(page, `Change my choice: ${MAYOR}`).click();
  await mark(page, "Bélanger");
  await button(page, "Continue").click();
  await headline(page, "Are these your choices?").waitFor();
  expect(await page.locator("p.chosen, .chosen li").allTextContents()).toEqual([
    "Yes",
    "Marie-Ève Bélanger",
    "Marie-Ève Fo",
    "Marie-Ève Côté",
  ]);
  await button(page, "Cast my 3 ballots").click();
  await headline(page, "Your ballots are in the box").waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  const codes = await codesOn(page);
  expect(new Set(codes).size).toBe(3);
  for (const title of [BYLAW, MAYOR, COUNCIL]) await inRow(page, title, IN_THE_BOX).waitFor();
  expect(await page.locator(".page").textContent()).not.toMatch(/Bélanger|\bYes\b/);

  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download").click()]);
  const file = (await textOf(download)).replaceAll(" ", "");
  for (const [n, code] of codes.entries()) expect(file).toContain(`/en/check/${day.paperQuestions[n]}#${code}`);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".tracking-code").filter({ visible: true }).count()).toBe(3);
  await page.emulateMedia({ media: "screen" });

  await page.reload();
  await headline(page, "Your ballots are in the box").waitFor();
  expect(await codesOn(page)).toEqual(codes);
  await row(page, COUNCIL).getByRole("link", { name: "Check my ballot" }).click();
  await headline(page, "Check my ballot").waitFor();
  expect((await page.getByLabel("Tracking code").inputValue()).replaceAll(" ", "")).toBe(codes[2]);
  await page.goBack();
  await button(page, "I have finished").click();
  await headline(page, "What is being voted on").waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  const [bylaw, ...races] = day.paperQuestions;
  const ballotsIn = async (path: string) => (await (await get(path)).json()).turnout.ballots;
  expect(await ballotsIn(`/api/v1/results/${bylaw}`)).toBeGreaterThan(0);
  for (const id of races) expect(await ballotsIn(`/api/v1/elections/${id}/results`)).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

test("a ballot that was refused or met a busy service is sent again alone, unchanged, while the others stand", async () => {
  const { page, faults } = await open(`/en/vote/${day.paperQuestions[2]}`);
  // The question's own address leads to its paper.
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/en/vote/paper/${day.paper}`);
  await mark(page, "Region 1");
  await button(page, "Continue").click();
  await headline(page, "Do you agree?").waitFor();
  await markAll(page);
  const who = day.nextVoter();
  await reviewAll(page, who);
  const envelopes = envelopesOf(page);
  let isFailing = true;
  await page.route("**/api/v1/elections/vote", (route) => {
    if (!isFailing) return route.continue();
    return route.request().postDataJSON().election_id === day.paperQuestions[1]
      ? route.fulfill({ status: 503, body: "{}" })
      : route.fulfill({ status: 403, contentType: "application/problem+json", body: '{"detail":"Not from here."}' });
  });
  await button(page, "Cast my 3 ballots").click();
  await inRow(page, BYLAW, IN_THE_BOX).waitFor();
  await inRow(page, MAYOR, "The voting service is busy").waitFor();
  await inRow(page, COUNCIL, "Not from here.").waitFor();
  const [standing] = await codesOn(page);
  isFailing = false;
  await button(page, `Send this ballot again: ${COUNCIL}`).click();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(COUNCIL);
  await inRow(page, COUNCIL, IN_THE_BOX).waitFor();
  await headline(page, "Your ballots are in the box").waitFor();
  expect((await codesOn(page))[0]).toBe(standing);
  expect(new Set(envelopes).size).toBe(3);
  expect(envelopes.length).toBeGreaterThan(4);

  // The same voter once more: each question tells it for itself.
  await button(page, "I have finished").click();
  await page.goto(`/en/vote/paper/${day.paper}/1`);
  await markAll(page);
  await reviewAll(page, who);
  await button(page, "Cast my 3 ballots").click();
  await headline(page, "Not all of these ballots are in the box").waitFor();
  for (const title of [BYLAW, MAYOR, COUNCIL]) await inRow(page, title, "You had already voted").waitFor();
  expect(await codesOn(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("a paper reloaded while it is cast sends the same ballots again, and what a voter typed wrong is put right", async () => {
  const { page, faults } = await open(`/en/vote/paper/${day.paper}/1`);
  await markAll(page);
  await reviewAll(page, { ...day.nextVoter(), code: "ZZZZZZ" });
  await button(page, "Cast my 3 ballots").click();
  await inRow(page, BYLAW, "This ballot was not counted").waitFor();
  await headline(page, "Not all of these ballots are in the box").waitFor();
  await button(page, `Check what I typed: ${MAYOR}`).click();
  await headline(page, "Who are you?").waitFor();
  const envelopes = envelopesOf(page);
  await page.route(/\/api\/v1\/(?:elections\/)?vote$/, (route) => route.abort());
  const who = day.nextVoter();
  await reviewAll(page, who);
  await button(page, "Cast my 3 ballots").click();
  await page.getByText("Your sealed ballot is kept on this page").nth(2).waitFor();
  expect(await traces(page)).not.toMatch(new RegExp(`${who.nas}|${who.code}`));
  await page.unroute(/\/api\/v1\/(?:elections\/)?vote$/);
  await page.reload();
  await page.getByText("Your sealed ballot is still here").nth(2).waitFor();
  expect(await button(page, "I have finished").count()).toBe(0);
  await button(page, `Send this ballot: ${MAYOR}`).click();
  await reviewAll(page, who);
  expect(await page.getByText("sealed at").count()).toBe(3);
  await button(page, "Cast my 3 ballots").click();
  await headline(page, "Your ballots are in the box").waitFor();
  expect(new Set(envelopes).size).toBe(3);
  expect(faults).toEqual([]);
});
