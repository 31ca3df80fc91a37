import type { Locator } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { ElectionResults } from "#functions/results/contract.ts";
import { faultsHere } from "#test/browsers/layout.ts";
import { law, rankedRace } from "#test/definitions.ts";
import { button, expectAccessible, newVisitor, visits } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { sidewaysScrolling } from "#test/e2e/soundness.ts";
import { votersIn } from "#test/e2e/voters.ts";
import { manyRounds } from "#test/web/counted-rounds.ts";

/** The charts of a result, and the same figures in words and tables. */

const voters = votersIn("1", 0, 10);
const CANDIDATES = [
  { candidateId: "1", firstName: "Ada", lastName: "Roy", partyId: "p", regionIds: ["1", "2"] },
  { candidateId: "2", firstName: "Bo", lastName: "<b>Lee</b>", regionIds: ["1", "2"] },
  { candidateId: "3", firstName: "Cy", lastName: "Fox", regionIds: ["1", "2"] },
];
/** Three for Ada, three for Bo, and two for Cy, one of which transfers to Bo and one of which names nobody else. */
const RANKINGS = [["1"], ["1"], ["1"], ["2"], ["2"], ["2"], ["3", "2"], ["3"]];

const { open } = visits();

beforeAll(async () => {
  await openPolls(rankedRace({ electionId: "web-rounds", candidates: CANDIDATES }), voters);
  await castAll(
    "web-rounds",
    voters,
    RANKINGS.map((ranking) => ({ ranked_choices: ranking })),
  );
});

test("the rounds of a ranked count are shown as a chart, a table and sentences that agree", async () => {
  const { page, faults } = await open("/en/results/web-rounds/1");
  await page
    .getByText(
      "So far Bo <b>Lee</b> would be elected with 57.1% of 7 votes in round 2, 1 vote (14.3\u00a0points) ahead of Ada Roy.",
    )
    .waitFor();

  const picture = page.getByRole("img", { name: "A chart of 2 rounds" });
  const rounds = picture.locator(".flow-round");
  const bandsOf = (round: number) => rounds.nth(round).locator(".flow-band").allTextContents();
  expect(await bandsOf(0)).toEqual(["Bo <b>Lee</b>3", "Ada Roy3", "Cy Fox2"]);
  expect(await bandsOf(1)).toEqual(["Bo <b>Lee</b>4", "Ada Roy3", "1"]);
  expect(await picture.locator(".flow-label").allTextContents()).toEqual([
    "Majority: 5",
    "Eliminated: Cy Fox (2)",
    "Majority: 4",
    "Exhausted ballots: 1",
  ]);
  const legend = page.locator(".flow-legend li");
  expect(await legend.allTextContents()).toEqual(["Bo <b>Lee</b>", "Ada Roy", "Cy Fox", "Exhausted ballots"]);
  // Cy's two ballots: one transfers to Bo, one is exhausted.
  expect(await picture.locator(".flow-ribbon").count()).toBe(2);
  expect(await picture.locator(".flow-stay").count()).toBe(2);

  const rowsOf = async (round: number) => {
    const rows = await page
      .getByRole("table", { name: `Round ${round} of 2` })
      .getByRole("row")
      .all();
    return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
  };
  expect(await rowsOf(1)).toEqual([
    ["Candidate", "Votes", "Share"],
    ["Ada Roy", "3", "37.5%"],
    ["Bo <b>Lee</b>", "3", "37.5%"],
    ["Cy Fox Eliminated", "2", "25.0%"],
    ["Exhausted ballots", "0", ""],
    ["Majority", "5", ""],
  ]);
  expect(await rowsOf(2)).toEqual([
    ["Candidate", "Votes", "Share", "Change"],
    ["Bo <b>Lee</b>", "4", "57.1%", "+1"],
    ["Ada Roy", "3", "42.9%", "0"],
    ["Exhausted ballots", "1", "", "+1"],
    ["Majority", "4", ""],
  ]);
  const exact = { exact: true };
  await page.getByText("Cy Fox is eliminated; the 2 ballots go to Bo <b>Lee</b> (1); 1 is exhausted.", exact).waitFor();
  await page.getByText("Bo <b>Lee</b> has 4 of 7 votes; 4 are needed.", exact).waitFor();
  expect(faults).toEqual([]);
});

test("where all regions share the same candidates, the national rounds are shown with the seats", async () => {
  const { page } = await open("/fr/results/web-rounds");
  await page.getByRole("heading", { name: "Sièges, selon les bulletins comptés jusqu’ici" }).waitFor();
  await page.getByRole("img", { name: "Un graphique de 2 tours" }).waitFor();
  await page.getByRole("table", { name: "Tour 2 sur 2" }).waitFor();
  await page
    .getByText("Cy Fox est hors course ; les 2 bulletins vont à Bo <b>Lee</b> (1) ; 1 bulletin épuisé.")
    .first()
    .waitFor();
  await expectAccessible(page);
});

test("the rounds are stepped through by buttons and arrow keys, and each is told in a sentence", async () => {
  const { page } = await open("/en/results/web-rounds/1");
  const figure = page.getByRole("figure", { name: "Rounds, one at a time" });
  const shown = figure.locator(".flow-round.shown .flow-number");
  const told = figure.getByRole("status");
  const [previous, next] = [button(page, "Previous round"), button(page, "Next round")];
  const FIRST = "Round 1 of 2: Cy Fox is eliminated; the 2\u00a0ballots go to Bo <b>Lee</b> (1); 1 is exhausted.";
  const SECOND = "Round 2 of 2: Bo <b>Lee</b> has 4 of 7\u00a0votes; 4 are needed.";
  await figure.waitFor();
  expect(await shown.allTextContents()).toEqual(["1"]);
  expect(await figure.locator(".flow-step").textContent()).toBe(FIRST);
  expect(await told.textContent()).toBe("");
  expect(await previous.getAttribute("aria-disabled")).toBe("true");

  await next.click();
  expect(await shown.allTextContents()).toEqual(["2"]);
  expect(await told.textContent()).toBe(SECOND);
  expect(await figure.locator(".flow-step").textContent()).toBe(SECOND);
  expect(await next.getAttribute("aria-disabled")).toBe("true");
  // At the end the button keeps the focus, and nothing happens.
  await page.keyboard.press("Enter");
  expect(await shown.allTextContents()).toEqual(["2"]);

  await figure.focus();
  await page.keyboard.press("ArrowLeft");
  expect(await shown.allTextContents()).toEqual(["1"]);
  expect(await told.textContent()).toBe(FIRST);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+ArrowRight");
  expect(await shown.allTextContents()).toEqual(["1"]);
  await page.keyboard.press("ArrowRight");
  expect(await told.textContent()).toBe(SECOND);
});

test("24 rounds of 25 candidates fit a phone, a desk and paper, and a single ballot is seen on its way", async () => {
  const { ids, rounds, electedId = "" } = manyRounds();
  expect(rounds).toHaveLength(24);
  const { page } = await open("/en/");
  await page.route("**/web-rounds/regions/1/results*", async (route) => {
    const response = await route.fetch();
    const results: ElectionResults = await response.json();
    const [candidate] = results.candidates;
    const outcome = {
      kind: "elected",
      candidate_ids: [electedId],
      elected: [electedId],
      tie_over: null,
      open_seats: 0,
    };
    const candidates = ids.map((id) => ({ ...candidate, candidate_id: id, name: `Candidate of the Many No. ${id}` }));
    await route.fulfill({ response, json: { ...results, candidates, rounds, outcome } });
  });
  await page.goto("/en/results/web-rounds/1");
  const picture = page.getByRole("img", { name: "A chart of 24 rounds" });
  await picture.waitFor();
  expect(await sidewaysScrolling(page)).toEqual([]);
  const everyTable = page.getByRole("table", { name: /^Round \d+ of 24$/ });
  expect(await everyTable.count()).toBe(0);
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(faultsHere), `at ${width} px`).toEqual([]);
    expect(await outsideOf(picture), `at ${width} px`).toEqual([]);
  }
  const ribbons = picture.locator(".flow-ribbon, .flow-stay");
  const strokes = await ribbons.evaluateAll((paths) => paths.map((path) => getComputedStyle(path).strokeWidth));
  expect(new Set(strokes)).toEqual(new Set(["1.5px"]));
  const widths = await picture
    .locator(".flow-band")
    .evaluateAll((bands) => bands.map((band) => band.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThan(1.9);

  // Letter and A4 without their margins.
  await page.emulateMedia({ media: "print" });
  for (const width of [720, 740]) {
    await page.setViewportSize({ width, height: 1000 });
    expect(await button(page, "Next round").count()).toBe(0);
    expect(await everyTable.count()).toBe(24);
    expect(await page.evaluate(faultsHere), `on paper, ${width} px wide`).toEqual([]);
    expect(await outsideOf(picture), `on paper, ${width} px wide`).toEqual([]);
  }
});

/** Parts of a picture that leave it, to any side. */
function outsideOf(picture: Locator): Promise<readonly string[]> {
  return picture.evaluate((drawing) => {
    const frame = drawing.getBoundingClientRect();
    return [...drawing.querySelectorAll("*")]
      .filter((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        const isLeft = left < frame.left - 1 || right > frame.right + 1;
        return isLeft || top < frame.top - 1 || bottom > frame.bottom + 1;
      })
      .map((part) => `${part.getAttribute("class")}: ${part.textContent}`);
  });
}

test("the ribbons move only for readers who accept motion", async () => {
  const moving = async (reducedMotion: "reduce" | "no-preference"): Promise<string> => {
    const reader = await newVisitor({ reducedMotion });
    const { page } = await open("/en/results/web-rounds/1", reader);
    const drawing = page.locator(".flow-drawing");
    await drawing.waitFor();
    const name = await drawing.evaluate((svg) => getComputedStyle(svg).animationName);
    await reader.close();
    return name;
  };
  expect(await moving("reduce")).toBe("none");
  expect(await moving("no-preference")).toBe("unroll");
});

test("turnout over time is a line chart with labelled axes, and a table that can be unfolded", async () => {
  await openPolls(law({ electionId: "web-no-turnout" }), voters);
  await openPolls(law({ electionId: "web-turnout" }), voters);
  await castAll("web-turnout", voters, [{ vote: "oui" }, { vote: "non" }]);
  const { page } = await open("/en/results/web-no-turnout");
  await page.getByText("No ballot is in the box yet.").waitFor();
  await expectAccessible(page);
  await page.goto("/en/results/web-turnout");
  const picture = page.getByRole("img", {
    name: /^A line chart of turnout from .+ to .+, when it reaches 20\.0%\. Closing: December 31, 2099 at .+ EST\.$/,
  });
  await picture.waitFor();
  expect(await picture.locator(".chart-share").allTextContents()).toEqual(["0%", "5%", "10%", "15%", "20%"]);
  expect(await page.getByRole("columnheader", { name: "Until" }).isVisible()).toBe(false);
  await page.getByText("Turnout over time as a table").press("Enter");
  expect(await page.getByRole("row").last().getByRole("cell").allTextContents()).toEqual(["2", "20.0%"]);
  await expectAccessible(page);
});

test("on a narrow phone the start and the closing are told, neither leaves the chart and they do not overlap", async () => {
  const points = ["22:30", "22:45"].map((time, index) => ({
    until: `2026-06-01T${time}:00.000Z`,
    ballots: index + 1,
    percentage: (index + 1) * 10,
  }));
  const answer = { election_id: "web-edge", on_roll: 10, points, updated_at: "2026-06-01T22:45:00.000Z" };
  await openPolls(law({ electionId: "web-edge" }), voters);
  for (const language of ["en", "fr"]) {
    const { page } = await open(`/${language}/`);
    await page.route("**/web-edge/turnout*", (route) => route.fulfill({ json: answer }));
    await page.setViewportSize({ width: 320, height: 740 });
    await page.goto(`${page.url()}results/web-edge`);
    const marks = page.locator(".chart-time:visible");
    await marks.first().waitFor();
    const edges = await marks.evaluateAll((labels) =>
      labels.map((label) => [label.getBoundingClientRect().left, label.getBoundingClientRect().right] as const),
    );
    expect(edges).toHaveLength(2);
    for (const [index, [left]] of edges.entries()) expect(left).toBeGreaterThan(edges[index - 1]?.[1] ?? 0);
    expect(await sidewaysScrolling(page)).toEqual([]);
  }
});
