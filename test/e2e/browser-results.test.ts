import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { law, race } from "#test/definitions.ts";
import { button, expectAccessible, headline, launch, newVisitor, open } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** What a results page says of an outcome, and why it may say nothing yet. */

const region1 = votersIn("1", 0, 12);
const region2 = votersIn("2", 0, 4);
const PAST = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };

/** Closing time soon: long enough to cast some ballots before it. */
const soon = (): string => new Date(Date.now() + 20_000).toISOString();

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

test("a law's majority and quorum are told against what it has, and its outcome when voting closes, by itself", async () => {
  const conditions = { quorum: 0.25, requiredMajority: { kind: "at-least", share: "2/3" } };
  await openPolls(law({ electionId: "web-law", closesAt: soon(), ...conditions }), region1);
  await castAll("web-law", region1, [{ vote: "oui" }, { vote: "oui" }, { vote: "non" }]);

  const { page, faults } = await open(visitor, "/en/results/web-law");
  await page.getByText("at least 66.7% of the votes for an option").waitFor();
  await page.getByText("Yes has 66.7%: enough.").waitFor();
  await page.getByText("At least 25.0% of the people on the roll must vote. 25.0% have voted: enough.").waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "Yes" }).textContent()).toContain("In the lead");
  await expectAccessible(page);

  await page.getByText("The law is adopted.").waitFor({ timeout: 40_000 });
  expect(await page.getByRole("listitem").filter({ hasText: "Yes" }).textContent()).toContain("Most votes");
  expect(await page.getByRole("link", { name: "Vote", exact: true }).count()).toBe(0);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("a law that missed its quorum says so in words, in both languages", async () => {
  await openPolls(law({ electionId: "web-quorum", quorum: 0.5, ...PAST }), []);
  const english = await open(visitor, "/en/results/web-quorum");
  await english.page.getByText("the quorum was not reached").waitFor();
  await english.page.getByText("At least 50.0% of the people on the roll must vote").waitFor();
  await expectAccessible(english.page);
  const { page } = await open(visitor, "/fr/results/web-quorum");
  await page.getByText("le quorum n’est pas atteint").waitFor();
  await page.getByText("Au moins 50,0\u00a0% des personnes inscrites").waitFor();
  await expectAccessible(page);
});

test("whoever leads and whoever is elected is told by a word beside a mark, and nobody is picked from a tie", async () => {
  await openPolls(race({ electionId: "web-won", closesAt: soon() }), [...region1, ...region2]);
  await castAll("web-won", region1, [{ candidate_id: "2" }, { candidate_id: "2" }, { candidate_id: "1" }]);
  const { page } = await open(visitor, "/en/results/web-won/1");
  const row = page.getByRole("listitem").filter({ hasText: "Bo Lee" });
  await row.getByText("In the lead").waitFor();
  expect(await row.locator("svg").count()).toBe(1);
  await row.getByText("Elected").waitFor({ timeout: 40_000 });
  expect(await row.locator("svg").count()).toBe(1);
  await page.getByText("Bo Lee is elected.").waitFor();
  await expectAccessible(page);

  await page.goto("/fr/results/web-won");
  await page.getByRole("heading", { name: "Sièges" }).waitFor();
  await page.getByRole("link", { name: "Région 1" }).click();
  await page.getByText("Bo Lee remporte l’élection.").waitFor();
});

test("two who are level are both told so", async () => {
  await openPolls(race({ electionId: "web-level" }), region1);
  await castAll("web-level", region1, [{ candidate_id: "2" }, { candidate_id: "1" }]);
  const { page } = await open(visitor, "/en/results/web-level/1");
  await expect.poll(() => page.locator(".tally-row").filter({ hasText: "Level" }).count(), { timeout: 10_000 }).toBe(2);
  expect(await page.getByText("In the lead").count()).toBe(0);
});

test("a result below its minimum of ballots says from how many on it is shown, and how turnout is told until then", async () => {
  await openPolls(race({ electionId: "web-minimum", minimumBallots: 3 }), [...region1, ...region2]);
  await castAll("web-minimum", region1, [{ candidate_id: "1" }, { candidate_id: "1" }, { candidate_id: "2" }]);
  await castAll("web-minimum", region2, [{ candidate_id: "3" }]);

  const { page } = await open(visitor, "/en/results/web-minimum");
  await page.getByText("Left out of the sum, because too few ballots are in yet: Region 2.").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Region").selectOption("Region 2");
  await page.getByText("Fewer than 3 ballots have been counted here").waitFor();
  await page.getByText("turnout is told in steps of 3 ballots").waitFor();
  expect(await page.locator(".tally").count()).toBe(0);
  await expectAccessible(page);
});

test("a result that is shown after closing says when, what the law needs, and no vote", async () => {
  await openPolls(law({ electionId: "web-after-close", results: "after_close", quorum: 0.25 }), region1);
  await castAll("web-after-close", region1, [{ vote: "oui" }]);
  const { page } = await open(visitor, "/fr/results/web-after-close");
  await page.getByText("Ce résultat est publié à la fin du vote, le 31 décembre 2099").waitFor();
  await page.getByText("Au moins 25,0\u00a0% des personnes inscrites doivent voter.").waitFor();
  expect(await page.locator(".tally").count()).toBe(0);
  await expectAccessible(page);
});

test("a result of a vote that has not opened says when it opens", async () => {
  await openPolls(law({ electionId: "web-upcoming", opensAt: "2099-01-01T12:00:00Z" }), region1);
  const { page } = await open(visitor, "/en/results/web-upcoming");
  await page.getByText("Voting opens on January 1, 2099").waitFor();
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
  await page.getByText("You see this because your ballot is in the box").waitFor();
  await expectAccessible(page);
  await page.reload();
  await page.getByText("shown to those who have voted").waitFor();
});
