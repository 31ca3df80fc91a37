import { expect, test } from "vitest";
import { SystemStatus } from "#functions/system-status/contract.ts";
import { law as define } from "#test/definitions.ts";
import { expectAccessible, newVisitor, visits } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { sidewaysScrolling } from "#test/e2e/soundness.ts";
import { voter } from "#test/e2e/voters.ts";

/** The monitor page as an observer sees it. */

const { visitor, open } = visits();

test("the figures update by themselves after a ballot is cast, and the page does not scroll", async () => {
  const title = { fr: "Loi observée", en: "Observed Act" };
  await openPolls(define({ electionId: "web-observed", title }), [voter(430)]);
  // Other tests' elections come and go above it.
  await visitor().route("**/api/v1/status", async (route) => {
    const response = await route.fetch();
    const status = SystemStatus.parse(await response.json());
    const elections = status.elections?.filter(({ election_id }) => election_id === "web-observed");
    await route.fulfill({ response, json: { ...status, elections } });
  });
  const { page, faults } = await open("/en/monitor");
  const law = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: title.en }) });
  const received = law.locator("dl > div").filter({ hasText: "Received" }).locator("dd");
  await received.waitFor();
  const before = Number(await received.textContent());
  await page.getByText("Every part is working.").waitFor();
  await page
    .getByRole("img", { name: /^In the last hour/ })
    .first()
    .waitFor();
  await page.getByText("As a table").click();
  // What a reader looks at stays where it is, though what is above it, such as the table, may grow.
  await law.evaluate((element) => element.scrollIntoView());
  const top = await law.evaluate((element) => element.getBoundingClientRect().top);

  await castAll("web-observed", [voter(430)], [{ vote: "oui" }]);
  // What was measured is kept for 15 s, the document for 5, and the page asks every 5.
  await expect.poll(async () => Number(await received.textContent()), { timeout: 60_000 }).toBe(before + 1);
  await page.getByRole("columnheader", { name: "In the ballot box" }).waitFor();
  // Rounding, above and at the scroll position, is a pixel at most.
  const moved = await law.evaluate((element, before) => Math.abs(element.getBoundingClientRect().top - before), top);
  expect(moved).toBeLessThanOrEqual(1);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("paused, the figures stand still and are not called old, until it goes on", async () => {
  await visitor().clock.install();
  const { page } = await open("/en/monitor");
  await page.getByText("Every part is working.").waitFor();
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.getByText(/^Figures from .*, not updated while this page is paused\.$/).waitFor();
  const still = await page.locator("main").innerHTML();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.clock.runFor(120_000);
  expect(asked).toEqual([]);
  expect(await page.locator("main").innerHTML()).toBe(still);
  await page.getByRole("button", { name: "Resume updates" }).click();
  await page.getByText("they update by themselves every 5 seconds").waitFor();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
});

test("observers read it in French, in the dark and at 320 px", async () => {
  const night = await newVisitor({
    locale: "fr-CA",
    colorScheme: "dark",
    viewport: { width: 320, height: 740 },
  });
  const { page } = await open("/fr/monitor", night);
  await page.getByRole("heading", { name: "Les parties du système" }).waitFor();
  await page.getByText("En marche").first().waitFor();
  expect(await sidewaysScrolling(page)).toEqual([]);
  await night.close();
});

test("when no new figures arrive the page says so, keeps the last ones, and recovers by itself", async () => {
  const { page } = await open("/en/monitor");
  await page.getByText("Every part is working.").waitFor();
  await visitor().setOffline(true);
  await page.getByRole("status").filter({ hasText: "No new figures have arrived since" }).waitFor();
  await page.getByRole("heading", { name: "What is waiting" }).waitFor();
  await expectAccessible(page);
  await visitor().setOffline(false);
  await page.getByText("Every part is working.").waitFor();
});

test("an unknown figure is shown in words, never as 0, and so is what needs attention", async () => {
  await visitor().route("**/api/v1/status", async (route) => {
    const response = await route.fetch();
    const status = await response.json();
    const votes = {
      ...status.votes,
      received: null,
      spoiled: null,
    };
    await route.fulfill({
      response,
      json: {
        ...status,
        status: "down",
        votes,
        per_minute: { ...status.per_minute, received: null },
        queue: { waiting: null, oldest_waiting_ms: 185_000, set_aside: 3 },
        elections: null,
        parts: [{ part: "measurements", state: "down", latency_ms: 3000 }],
        unknown: {
          "votes.received": "unreachable",
          "votes.spoiled": "withheld",
          "queue.waiting": "unreachable",
          elections: "unreachable",
        },
      },
    });
  });
  const { page } = await open("/en/monitor");
  await page.getByText("A part does not answer.").waitFor();
  await page.getByText("No answer").waitFor();
  await page.getByText("3 minutes").waitFor();
  await page.getByText("Longer than it should be").waitFor();
  await page.getByText("An officer must look at them").waitFor();
  await page.getByText("Withheld until results are shown").waitFor();
  await page.getByText("There are no figures for the last hour.").waitFor();
  await page.getByText("The list of votes is not available right now.").waitFor();
  expect(await page.getByText("Unknown: its source does not answer").count()).toBe(2);
  await expectAccessible(page);
});
