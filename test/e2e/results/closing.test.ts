import { expect, test } from "vitest";
import { law, race } from "#test/definitions.ts";
import { expectAccessible, newVisitor, open } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** A results page left open as voting closes. */

const region1 = votersIn("1", 0, 12);
const region2 = votersIn("2", 0, 4);

/** Soon, but far enough away to cast some ballots and see them on the page. */
const soon = (): string => new Date(Date.now() + 30_000).toISOString();

test.concurrent("a law's majority and quorum are shown against what it has, and its outcome appears when voting closes", async () => {
  const visitor = await newVisitor();
  const conditions = { quorum: 0.25, requiredMajority: { kind: "at-least", share: "2/3" } };
  await openPolls(law({ electionId: "web-law", closesAt: soon(), ...conditions }), region1);
  await castAll("web-law", region1, [{ vote: "oui" }, { vote: "oui" }, { vote: "non" }]);

  const { page, faults } = await open(visitor, "/en/results/web-law");
  await page.getByText("The law is adopted if Yes has at least 66.7% of the valid votes.").waitFor();
  await page.getByText("Yes has 66.7%: enough.").waitFor();
  await page.getByText("At least 25% of the people on the roll must vote. 25.0% have voted: enough.").waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "Yes" }).textContent()).toContain("In the lead");
  await expectAccessible(page);

  await page
    .getByText("The law is adopted with 66.7% of 3 valid votes; the quorum of 25% is reached.")
    .waitFor({ timeout: 60_000 });
  expect(await page.getByRole("listitem").filter({ hasText: "Yes" }).textContent()).toContain("Most votes");
  expect(await page.getByRole("link", { name: "Vote", exact: true }).count()).toBe(0);
  expect(faults).toEqual([]);
  await visitor.close();
});

test.concurrent("a word beside a mark says who leads and who is elected, and no tied candidate is singled out", async () => {
  const visitor = await newVisitor();
  await openPolls(race({ electionId: "web-won", closesAt: soon() }), [...region1, ...region2]);
  await castAll("web-won", region1, [{ candidate_id: "2" }, { candidate_id: "2" }, { candidate_id: "1" }]);
  const { page } = await open(visitor, "/en/results/web-won/1");
  const row = page.getByRole("listitem").filter({ hasText: "Bo Lee" });
  await row.getByText("In the lead").waitFor();
  expect(await row.locator("svg").count()).toBe(1);
  await row.getByText("Elected").waitFor({ timeout: 60_000 });
  expect(await row.locator("svg").count()).toBe(1);
  await page
    .getByText("Bo Lee is elected with 66.7% of 3 valid votes, 1 vote (33.3\u00a0points) ahead of Ada Roy.")
    .waitFor();
  await expectAccessible(page);

  await page.goto("/fr/results/web-won");
  await page.getByRole("heading", { name: "Sièges" }).waitFor();
  await page.getByRole("link", { name: "Région 1" }).click();
  await page.getByText("Bo Lee remporte l’élection avec 66,7\u00a0% des 3 suffrages exprimés").waitFor();
  await visitor.close();
});
