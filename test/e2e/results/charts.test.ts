import { beforeAll, expect, test } from "vitest";
import { law, rankedRace } from "#test/definitions.ts";
import { expectAccessible, newVisitor, visits } from "#test/e2e/browser.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { sidewaysScrolling } from "#test/e2e/soundness.ts";
import { votersIn } from "#test/e2e/voters.ts";

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
  expect(await picture.locator("p").allTextContents()).toEqual([
    "Bo <b>Lee</b>4",
    "Ada Roy3",
    "Cy Fox2",
    "Exhausted ballots1",
  ]);
  // Cy's two ballots: one transfers to Bo, one is exhausted.
  expect(await picture.locator(".flow-ribbon").count()).toBe(2);
  expect(await picture.locator(".flow-band").count()).toBe(2);

  const cells = async (name: string) =>
    page.getByRole("row").filter({ hasText: name }).getByRole("cell").allTextContents();
  expect(await cells("Bo <b>Lee</b>")).toEqual(["3 37.5%", "4 57.1%"]);
  expect(await cells("Cy Fox")).toEqual(["2 25.0%", "Out"]);
  expect(await cells("Exhausted ballots")).toEqual(["0", "1"]);
  expect(await cells("Votes needed")).toEqual(["5", "4"]);
  await page
    .getByText("Cy Fox is eliminated. The ballots go to: Bo <b>Lee</b> (1) and Exhausted ballots (1).")
    .waitFor();
  expect(faults).toEqual([]);
});

test("where all regions share the same candidates, the national rounds are shown with the seats", async () => {
  const { page } = await open("/fr/results/web-rounds");
  await page.getByRole("heading", { name: "Sièges, selon les bulletins comptés jusqu’ici" }).waitFor();
  await page.getByRole("img", { name: "Un graphique de 2 tours" }).waitFor();
  await page.getByRole("columnheader", { name: "Tour 2" }).waitFor();
  await expectAccessible(page);
});

test("the ribbons move only for readers who accept motion", async () => {
  const moving = async (reducedMotion: "reduce" | "no-preference"): Promise<string> => {
    const reader = await newVisitor({ reducedMotion });
    const { page } = await open("/en/results/web-rounds/1", reader);
    const drawing = page.locator(".flow-drawing > svg");
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
  const picture = page.getByRole("img", { name: /^A line chart of turnout from .+ to .+, when it reaches 20\.0%/ });
  await picture.waitFor();
  expect(await picture.locator(".chart-share").allTextContents()).toEqual(["0%", "5%", "10%", "15%", "20%"]);
  expect(await page.getByRole("columnheader", { name: "Until" }).isVisible()).toBe(false);
  await page.getByText("Turnout over time as a table").press("Enter");
  expect(await page.getByRole("row").last().getByRole("cell").allTextContents()).toEqual(["2", "20.0%"]);
  await expectAccessible(page);
});

test("on a narrow phone time labels neither leave the chart nor overlap, whatever minute it ends at", async () => {
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
    const marks = page.locator(".chart-time");
    await marks.first().waitFor();
    const edges = await marks.evaluateAll((labels) =>
      labels.map((label) => [label.getBoundingClientRect().left, label.getBoundingClientRect().right] as const),
    );
    expect(edges).toHaveLength(3);
    for (const [index, [left]] of edges.entries()) expect(left).toBeGreaterThan(edges[index - 1]?.[1] ?? 0);
    expect(await sidewaysScrolling(page)).toEqual([]);
  }
});
