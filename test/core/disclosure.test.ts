import { describe, expect, test } from "vitest";
import { embargoOn, exactCount, overviewOf, publishedCount, show } from "#core/disclosure.ts";
import { SPOILED } from "#core/selection.ts";
import { race, stated } from "#test/definitions.ts";

const OPENS = "2026-01-01T00:00:00Z";
const CLOSES = "2026-01-02T00:00:00Z";
const WHILE_OPEN = Date.parse(OPENS) + 1;
const AFTER_CLOSE = Date.parse(CLOSES);
const times = { opensAt: OPENS, closesAt: CLOSES };

test.each([
  ["live", WHILE_OPEN, undefined],
  ["after_vote", WHILE_OPEN, "after-vote"],
  ["after_close", WHILE_OPEN, "after-close"],
  ["live", Date.parse(OPENS) - 1, "not-open"],
  ["after_vote", AFTER_CLOSE, undefined],
  ["after_close", AFTER_CLOSE, undefined],
])("results %s at %i: %s", (results, atMs, embargo) => {
  expect(embargoOn(stated(race({ ...times, results })), atMs)).toBe(embargo);
});

test("until its opening is stated, an election is upcoming and has no results, whatever the hour", () => {
  const unstated = { definition: race({ ...times, minimumBallots: 1 }), opening: undefined };
  expect(embargoOn(unstated, WHILE_OPEN)).toBe("not-open");
  const counted = exactCount(unstated.definition, new Map(), WHILE_OPEN);
  const shown = show({ ...unstated, rollCounts: new Map() }, counted, undefined, false);
  expect(shown).toMatchObject({ phase: "upcoming", embargo: "not-open" });
});

test("who voted elsewhere is told beside the turnout, and is none of its ballots", () => {
  const election = {
    ...stated(race({ ...times, minimumBallots: 1 })),
    rollCounts: new Map([
      ["1", 40],
      ["2", 60],
    ]),
    votedElsewhere: new Map([["2", 15]]),
  };
  const counted = exactCount(election.definition, new Map([["2", new Map([["3", 6]])]]), WHILE_OPEN);
  const turnoutIn = (regionId: string | undefined) => show(election, counted, regionId, false).turnout;
  expect(turnoutIn("1")).toMatchObject({ ballots: 0, onRoll: 40, votedElsewhere: 0 });
  expect(turnoutIn("2")).toMatchObject({ ballots: 6, onRoll: 60, votedElsewhere: 15, percentage: 10 });
  expect(turnoutIn(undefined)).toMatchObject({ ballots: 6, onRoll: 100, votedElsewhere: 15, percentage: 6 });
});

test("where results are shown in steps, the embargo lasts until the last ballots are in the tallies", () => {
  const definition = race({ ...times, results: "after_close", minimumBallots: 10 });
  expect(embargoOn(stated(definition), AFTER_CLOSE)).toBe("after-close");
  expect(embargoOn(stated(definition), AFTER_CLOSE + 10_000)).toBeUndefined();
});

test("an accepted ballot reveals a result shown after voting, and no other", () => {
  const embargo = (results: string, atMs: number) => embargoOn(stated(race({ ...times, results })), atMs, true);
  expect(embargo("after_vote", WHILE_OPEN)).toBeUndefined();
  expect(embargo("after_close", WHILE_OPEN)).toBe("after-close");
  expect(embargo("after_vote", Date.parse(OPENS) - 1)).toBe("not-open");
});

describe("an election of two regions, shown in steps of 10 ballots", () => {
  const definition = race({ ...times, minimumBallots: 10 });
  const election = {
    ...stated(definition),
    rollCounts: new Map([
      ["1", 40],
      ["2", 60],
    ]),
  };
  type Counts = Readonly<Record<string, number>>;
  const published = (atMs: number, first?: Counts, second?: Counts, isClosed = false) => {
    const contest = (counts?: Counts) => ({
      ...(counts && { shown: new Map(Object.entries(counts)) }),
      next: new Map([["1", 100]]),
    });
    const contests = new Map([
      ["1", contest(first)],
      ["2", contest(second)],
    ]);
    return publishedCount(definition, { contests, growth: [], isClosed }, atMs);
  };
  const ENOUGH = { "1": 8, "2": 3, [SPOILED]: 1 };

  test("shows what is published of both, and never what is published next", () => {
    const counted = published(WHILE_OPEN, ENOUGH, { "3": 13 });
    const shown = show(election, counted, undefined, false);
    expect(shown).toMatchObject({
      embargo: null,
      phase: "open",
      turnout: { ballots: 25, onRoll: 100, votedElsewhere: 0, percentage: 25 },
      regionsWithheld: [],
    });
    expect([...shown.contests.keys()]).toEqual(["1", "2"]);
    expect(shown.count.ballots).toBe(25);
    expect(overviewOf(election, counted)).toEqual({
      embargo: null,
      turnout: { ballots: 25, onRoll: 100, votedElsewhere: 0, percentage: 25 },
      roundedTo: 10,
      spoiled: 1,
      growth: [],
    });
  });

  test("withholds the region of which nothing is published, and adds it to no sum and to no turnout", () => {
    const counted = published(WHILE_OPEN, ENOUGH);
    const shown = show(election, counted, undefined, false);
    expect(shown).toMatchObject({
      embargo: null,
      turnout: { ballots: 12, onRoll: 100, votedElsewhere: 0, percentage: 12 },
      regionsWithheld: ["2"],
    });
    expect([...shown.contests.keys()]).toEqual(["1"]);
    expect(shown.count.ballots).toBe(12);
    expect(overviewOf(election, counted)).toEqual({
      embargo: null,
      turnout: { ballots: 12, onRoll: 100, votedElsewhere: 0, percentage: 12 },
      roundedTo: 10,
      spoiled: 1,
      growth: [],
    });
  });

  test("shows nothing while nothing is published of either", () => {
    const counted = published(WHILE_OPEN);
    expect(show(election, counted, undefined, false)).toMatchObject({
      embargo: "minimum-ballots",
      turnout: { ballots: 0 },
      regionsWithheld: ["1", "2"],
    });
    expect(overviewOf(election, counted)).toMatchObject({
      embargo: "minimum-ballots",
      roundedTo: 10,
      spoiled: undefined,
    });
  });

  test("has each region by itself, whatever the other has", () => {
    const counted = published(WHILE_OPEN, ENOUGH);
    const first = show(election, counted, "1", false);
    expect(first).toMatchObject({
      embargo: null,
      turnout: { ballots: 12, onRoll: 40, votedElsewhere: 0, percentage: 30 },
      regionsWithheld: [],
    });
    expect(first.count).toBe(counted.byRegion.get("1"));
    expect(show(election, counted, "2", false)).toMatchObject({
      embargo: "minimum-ballots",
      turnout: { ballots: 0, onRoll: 60, votedElsewhere: 0, percentage: 0 },
      regionsWithheld: ["2"],
    });
  });

  test("is called open until the count made after closing is shown, however few its ballots", () => {
    expect(show(election, published(AFTER_CLOSE, ENOUGH), undefined, false)).toMatchObject({ phase: "open" });
    const shown = show(election, published(AFTER_CLOSE + 10_000, ENOUGH, { "3": 9 }, true), undefined, false);
    expect(shown).toMatchObject({ embargo: null, phase: "closed", turnout: { ballots: 21 }, regionsWithheld: [] });
    expect(shown.count.ballots).toBe(21);
  });

  test("shows those who have voted the same counts as everybody, where results are for voters", () => {
    const rules = { ...election, definition: race({ ...times, minimumBallots: 10, results: "after_vote" }) };
    const counted = published(WHILE_OPEN, ENOUGH);
    expect(show(rules, counted, undefined, false)).toMatchObject({ embargo: "after-vote", turnout: { ballots: 12 } });
    const voters = show(rules, counted, undefined, true);
    expect(voters).toMatchObject({ embargo: null, turnout: { ballots: 12 }, regionsWithheld: ["2"] });
    expect(overviewOf(rules, counted)).toMatchObject({ embargo: "after-vote", roundedTo: 10, spoiled: undefined });
  });
});

test("with a minimum of 1 every ballot is shown as it is counted, and a contest without any", () => {
  const definition = race({ ...times, minimumBallots: 1 });
  const election = { ...stated(definition), rollCounts: new Map() };
  const counted = exactCount(definition, new Map([["1", new Map([["1", 1]])]]), WHILE_OPEN);
  expect(show(election, counted, undefined, false)).toMatchObject({
    embargo: null,
    turnout: { ballots: 1 },
    regionsWithheld: [],
  });
  expect(overviewOf(election, counted)).toMatchObject({ roundedTo: 1, spoiled: 0 });
});
