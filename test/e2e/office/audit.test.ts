import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { button, expectAccessible, headline, newVisitor, textOf, visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";
import { openPolls } from "#test/e2e/polls.ts";

/** The room Audit, in a real browser with a real sign-in. */

const { visitor } = visits({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });

const ID = "office-audited";
const REASON = "=SUM(A1): the hall was flooded";

/** An act of which there is one. */
beforeAll(async () => {
  const closesAt = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 6 * 3_600_000).toISOString();
  await openPolls(law({ electionId: ID, closesAt, timeZone: "America/Toronto" }), []);
  const office = await newVisitor();
  const page = await office.newPage();
  await signedIn(page, "officer", `/en/office/elections/${ID}/polling`);
  await button(page, "Extend the hours").click();
  await page.getByRole("dialog").getByLabel("Reason").fill(REASON);
  await page.getByRole("dialog").getByRole("button", { name: "Extend the hours" }).click();
  await page.getByRole("heading", { level: 2, name: "Done" }).waitFor();
  await office.close();
});

async function enter(account: "auditor" | "observer"): Promise<{ page: Page; faults: string[] }> {
  const page = await visitor().newPage();
  const faults = await signedIn(page, account, "/en/office/audit");
  await headline(page, "Audit").waitFor();
  return { page, faults };
}

async function filter(page: Page, act?: string): Promise<void> {
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Election", { exact: true }).fill(ID);
  if (act !== undefined) await page.getByLabel("Act", { exact: true }).selectOption({ label: act });
  await button(page, "Show").click();
}

async function saved(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await button(page, name).click();
  return textOf(await download);
}

test("an auditor finds an act by a filter, reads who did it, from where and why, and saves it as CSV and NDJSON", async () => {
  const { page, faults } = await enter("auditor");
  await filter(page, "Change of the closing");
  await page.getByRole("status").filter({ hasText: "1 act" }).waitFor();
  const row = page.getByRole("row").filter({ hasText: ID });
  await row.getByText("Odile Tremblay").waitFor();
  await row.getByText(`Reason: ${REASON}`, { exact: true }).waitFor();
  expect(await row.getByText(/127\.0\.0\.1|::1/).count()).toBe(1);
  await expectAccessible(page);

  const rows = parse(await saved(page, "Download as CSV"), { columns: true, bom: true });
  // A spreadsheet must not run what somebody typed.
  expect(rows).toMatchObject([{ act: "extend", outcome: "done", who: "Odile Tremblay", reason: `'${REASON}` }]);
  const lines = (await saved(page, "Download as NDJSON")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ act: "extend", election_id: ID, reason: REASON }]);

  // Days the wrong way round are told beside the field.
  await page.getByLabel("From").fill("2027-05-02");
  await page.getByLabel("Until").fill("2027-05-01");
  await button(page, "Show").click();
  await page.getByText("The last day is before the first.").waitFor();
  await button(page, "Show all").click();
  await page.getByRole("row").nth(2).waitFor();
  expect(faults).toEqual([]);
});

test("an auditor can change nothing: no room has a button that does", async () => {
  const { page } = await enter("auditor");
  for (const [room, sign] of Object.entries({ "": "h2", "/polling": "h2", "/closing": "h2", "/roll": "table" })) {
    await page.goto(`/en/office/elections/${ID}${room}`);
    await page.locator(`main ${sign}`).first().waitFor();
    const names = await page.locator("main").getByRole("button").allTextContents();
    expect(names.filter((name) => !/^(?:Pause|Download|Look|Show)/.test(name))).toEqual([]);
  }
});

test("an observer sees of an election what was signed, which everybody may see, and neither reasons, names nor addresses", async () => {
  const { page, faults } = await enter("observer");
  await page.getByText("What was stated and signed of each election.").waitFor();
  await filter(page);
  await page.getByRole("row").filter({ hasText: ID }).first().waitFor();
  const shown = (await page.locator("main").textContent()) ?? "";
  expect(shown).not.toContain("the hall was flooded");
  expect(shown).not.toMatch(/Odile|127\.0\.0\.1/);
  await expectAccessible(page);
  // What was done to the election is told there as here.
  await page.getByRole("row").getByRole("link", { name: ID }).first().click();
  await page.getByRole("heading", { name: "What was done" }).waitFor();
  const history = (await page.locator("main").textContent()) ?? "";
  expect(history).toContain("Closing extended");
  expect(history).not.toMatch(/the hall was flooded|Odile|registered/);
  expect(faults).toEqual([]);
});
