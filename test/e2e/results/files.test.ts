import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { ElectionResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { race } from "#test/definitions.ts";
import { expectAccessible, textOf, visits } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** A result as files, and on paper. */

const voters = votersIn("1", 0, 4);
const FORMULA = '=HYPERLINK("x", "y")';

const { open } = visits();

beforeAll(async () => {
  await openPolls(
    race({
      electionId: "web-files",
      title: { fr: "Élection, « la grande »", en: 'Election, "the great"' },
      candidates: [
        { candidateId: "1", firstName: FORMULA, lastName: "<b>Roy</b>", partyId: "p", regionIds: ["1"] },
        { candidateId: "2", firstName: "Maëlle", lastName: "Lee", regionIds: ["1"] },
        { candidateId: "3", firstName: "Cy", lastName: "Fox", regionIds: ["2"] },
      ],
    }),
    voters,
  );
  await castAll("web-files", voters, [{ candidate_id: "1" }, { candidate_id: "1" }, { candidate_id: "2" }]);
});

/** Presses a button that saves a file; returns the file's name and text. */
async function saved(page: Page, button: string): Promise<Readonly<{ name: string; text: string }>> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await textOf(download) };
}

test("the downloaded table has the figures on the page, and no name that a spreadsheet would run as a formula", async () => {
  const { page, faults } = await open("/en/results/web-files/1");
  await page.getByText("2 votes").waitFor();
  const { name, text } = await saved(page, "Download as CSV");
  expect(name).toMatch(/^results-web-files-1-\d{4}-\d\d-\d\dT\d{6}\.csv$/);
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(text, { bom: true, columns: true, record_delimiter: "\r\n" }));
  const votes = rows.filter(({ figure }) => figure === "votes");
  expect(votes).toMatchObject([
    {
      title: 'Election, "the great"',
      contest_region: "Region 1",
      status: "open",
      id: "1",
      name: `'${FORMULA} <b>Roy</b>`,
      party: "Party",
      count: "2",
      percentage: "66.67",
    },
    { id: "2", name: "Maëlle Lee", party: "", count: "1", percentage: "33.33" },
  ]);
  const countOf = (figure: string) => rows.find((row) => row.figure === figure)?.count;
  expect(["total", "blank", "spoiled", "ballots", "on_roll"].map(countOf)).toEqual(["3", "0", "0", "3", "4"]);
  expect(faults).toEqual([]);
});

test("the downloaded JSON is the API's answer, with turnout over time where the page shows it", async () => {
  const { page } = await open("/fr/results/web-files");
  await page.locator(".chart-line").waitFor();
  const { name, text } = await saved(page, "Télécharger en JSON");
  expect(name).toMatch(/^results-web-files-\d.+\.json$/);
  const shown = ElectionResults.extend({ turnout_over_time: TurnoutOverTime }).parse(JSON.parse(text));
  expect(shown).toMatchObject({
    election_id: "web-files",
    region_id: null,
    total: 3,
    turnout_over_time: { points: [{ ballots: 3, percentage: 75 }] },
  });
});

test("a printed result shows its figures, the time they were counted and its folded sections, but no buttons", async () => {
  const { page } = await open("/en/results/web-files");
  await page.locator(".chart-line").waitFor();
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => page.getByText(/^Counted on .+\d{4}/).isVisible()).toBe(true);
  expect(await page.getByText("This page updates by itself").isVisible()).toBe(false);
  expect(await page.locator(".turnout-table td").first().isVisible()).toBe(true);
  expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
  expect(await page.getByLabel("Region").isVisible()).toBe(false);
  expect(await page.getByRole("heading", { name: "Save these figures" }).isVisible()).toBe(false);
  await expectAccessible(page);
});
