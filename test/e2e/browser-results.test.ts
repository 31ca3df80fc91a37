import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { button, expectAccessible, headline, launch, newVisitor, open } from "#test/e2e/browser.ts";
import { register } from "#test/e2e/office.ts";
import { credentials, voter } from "#test/e2e/voters.ts";

/** The results pages as somebody reads them. */

let browser: Browser;
let visitor: BrowserContext;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  visitor = await newVisitor(browser);
});
afterEach(() => visitor.close());

test("a ranked result shows its rounds as a table, and all regions their seats", async () => {
  const who = voter(950);
  const candidates = await (await get(`/api/v1/elections/2/regions/${who.region}/candidates`)).json();
  const ranked = candidates.slice(0, 2).map(({ candidate_id }: { candidate_id: string }) => candidate_id);
  await outcomeOf(
    await cast("/api/v1/elections/vote", {
      ...credentials(who),
      election_id: 2,
      region_id: who.region,
      ranked_choices: ranked,
    }),
  );
  const region = await open(visitor, `/en/results/2/${who.region}`);
  await region.page.getByRole("columnheader", { name: "Round 1" }).waitFor();
  await region.page.getByRole("rowheader", { name: "Exhausted ballots" }).waitFor();
  await expectAccessible(region.page);
  expect(region.faults).toEqual([]);

  const { page } = await open(visitor, "/fr/results/2");
  await page.getByRole("heading", { name: "Sièges, selon les bulletins comptés jusqu’ici" }).waitFor();
  await expectAccessible(page);
});

test("a result after voting opens to whoever has just voted, with a personal id and a token, until the page is left", async () => {
  const { page } = await open(visitor, "/en/results/3/2");
  await page.getByText("shown to those who have voted").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Vote", exact: true }).click();
  await page.getByRole("radio", { name: "Chloé Beaumont" }).check({ force: true });
  await button(page, "Continue").click();
  await headline(page, "Who are you?").waitFor();
  await page.getByText("11 digits").waitFor();
  const voters = await readFile(new URL("../../elections/election-3-voters.csv", import.meta.url), "utf8");
  // A voter of region 2 whom no other test takes.
  const [personalId = "", token = "", region] = voters.split("\n")[50]?.split(",") ?? [];
  expect(region).toBe("2");
  await page.getByLabel("Personal id").fill(personalId);
  await page.getByLabel("Voting token").fill(token.toUpperCase());
  await button(page, "Review my choice").click();
  await headline(page, "Is this your choice?").waitFor();
  await button(page, "Cast my ballot").click();
  await headline(page, "Your ballot is in the box").waitFor();

  await page.getByRole("link", { name: "What is being voted on" }).first().click();
  await page.getByRole("link", { name: "Results: Student Council Election" }).click();
  await page.getByRole("heading", { name: "Seats, by the ballots counted so far" }).waitFor();
  await page.reload();
  await page.getByText("shown to those who have voted").waitFor();
});

test("a law that missed its quorum says so in words", async () => {
  const past = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };
  await register(
    law({ electionId: "web-quorum", quorum: 0.5, requiredMajority: { kind: "at-least", share: "2/3" }, ...past }),
  );
  await eventually(
    async () => (await get("/api/v1/elections")).text(),
    (list) => list.includes("web-quorum"),
    30_000,
  );
  const { page } = await open(visitor, "/en/results/web-quorum");
  await page.getByText("the quorum was not reached").waitFor();
  await page.getByText("at least 66.7% of the votes").waitFor();
  await page.getByText("At least 50.0% of the people on the roll must vote").waitFor();
  await expectAccessible(page);
});
