import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { formatResults } from "#admin/commands/results-report.ts";
import { fetchElection, fetchResults } from "#admin/elections/published-results.ts";
import { law, race } from "#test/definitions.ts";
import { button, expectAccessible, headline, visits } from "#test/e2e/browser.ts";
import { hold } from "#test/e2e/office.ts";
import { castAll, openPolls, untilSetAside } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** What a results page says about an outcome, or why it says nothing yet. */

const region1 = votersIn("1", 0, 12);
const region2 = votersIn("2", 0, 4);
const PAST = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };

const { open } = visits();

test("a law that missed its quorum says so in words, in both languages", async () => {
  await hold(law({ electionId: "web-quorum", quorum: 0.5, ...PAST }), { all: 4 }, [
    { regionId: "all", selection: { kind: "choice", choice: "oui" } },
  ]);
  const english = await open("/en/results/web-quorum");
  await english.page.getByText("the quorum of 50% is not reached").waitFor();
  await english.page.getByText("At least 50% of the people on the roll must vote").waitFor();
  const { page } = await open("/fr/results/web-quorum");
  await page.getByText("le quorum de 50\u00a0% n’est pas atteint").waitFor();
  await page.getByText("Au moins 50\u00a0% des personnes inscrites").waitFor();
});

test("a law whose opening was never stated has no outcome: voting never took place, in both languages", async () => {
  await openPolls(law({ electionId: "web-never", ...PAST }), []);
  const english = await open("/en/results/web-never");
  await english.page.getByText("This vote never took place").waitFor();
  expect(await english.page.getByText("adopted").count()).toBe(0);
  const { page } = await open("/fr/results/web-never");
  await page.getByText("Ce vote n’a pas eu lieu").waitFor();
  expect(await page.getByText("adoptée").count()).toBe(0);
});

test("two candidates with equal votes are both shown as tied, in the same sentence on page and command line", async () => {
  await openPolls(race({ electionId: "web-level" }), region1);
  await castAll("web-level", region1, [{ candidate_id: "2" }, { candidate_id: "1" }]);
  const { page } = await open("/en/results/web-level/1");
  await expect.poll(() => page.locator(".tally-row").filter({ hasText: "Tied" }).count()).toBe(2);
  expect(await page.getByText("In the lead").count()).toBe(0);
  const election = await fetchElection(inject("url"), "web-level");
  const printed = formatResults(election, await fetchResults(inject("url"), election, "1"), false);
  expect(printed.split("\n")[1]).toBe(
    "So far Ada Roy and Bo Lee are tied with 1\u00a0vote each, 50.0% of 2\u00a0valid votes.",
  );
  expect(await page.locator(".verdict").textContent()).toBe(printed.split("\n")[1]);
});

test("a result shown in steps says how large they are, and where nothing is shown yet", async () => {
  await openPolls(race({ electionId: "web-minimum", minimumBallots: 3 }), [...region1, ...region2]);
  const { page } = await open("/en/results/web-minimum");
  await page.getByText("Too few ballots have been counted here").waitFor();
  await castAll("web-minimum", region1, [{ candidate_id: "1" }, { candidate_id: "1" }, { candidate_id: "2" }]);
  await castAll("web-minimum", region2, [{ candidate_id: "3" }]);
  await untilSetAside("web-minimum", "1", 3);
  await castAll("web-minimum", region1.slice(3), [{ candidate_id: "1" }, { candidate_id: "1" }, { candidate_id: "2" }]);
  await page.getByText("figures change by at least 3 ballots at a time").waitFor();
  await page.getByText("Left out of the sum, because there are too few ballots so far: Region 2.").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Region").selectOption("Region 2");
  await page.getByText("Too few ballots have been counted here").waitFor();
  await page.getByText("turnout grows in steps of at least 3 ballots").waitFor();
  expect(await page.locator(".tally").count()).toBe(0);
  await expectAccessible(page);
});

test("a result shown after closing says when, and what the law needs, but no votes", async () => {
  await openPolls(law({ electionId: "web-after-close", results: "after_close", quorum: 0.25 }), region1);
  await castAll("web-after-close", region1, [{ vote: "oui" }]);
  const { page } = await open("/fr/results/web-after-close");
  await page.getByText("Ce résultat est publié à la fin du vote, le 31 décembre 2099").waitFor();
  await page.getByText("Au moins 25\u00a0% des personnes inscrites doivent voter.").waitFor();
  expect(await page.locator(".tally").count()).toBe(0);
});

test("the result of a vote that has not opened says when it opens", async () => {
  await openPolls(law({ electionId: "web-upcoming", opensAt: "2099-01-01T12:00:00Z" }), region1);
  const { page } = await open("/en/results/web-upcoming");
  await page.getByText("Voting opens on January 1, 2099").waitFor();
  await expectAccessible(page);
});

test("a result shown after voting is visible to someone who has just voted, until they leave the page", async () => {
  const { page } = await open("/en/results/3/2");
  await page.getByText("shown to those who have voted").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Vote", exact: true }).click();
  await page.getByRole("radio", { name: "Chloé Beaumont" }).check({ force: true });
  await button(page, "Continue").click();
  await headline(page, "Who are you?").waitFor();
  await page.getByText("11 digits").waitFor();
  const voters = await readFile(new URL("../../../elections/election-3-voters.csv", import.meta.url), "utf8");
  // A voter of region 2 whom no other test uses.
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
