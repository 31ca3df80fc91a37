import { describe, expect, test } from "vitest";
import { embargoOn, isBelowPrivacyThreshold, overviewOf, roundToPrivacyThreshold, show } from "#core/disclosure.ts";
import { countElection } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import { race } from "#test/definitions.ts";

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
  expect(embargoOn(race({ ...times, results }), atMs)).toBe(embargo);
});

test("a live result needs the privacy threshold; a closed one does not", () => {
  const definition = race({ ...times, minimumBallots: 10 });
  expect(isBelowPrivacyThreshold(definition, 9, WHILE_OPEN)).toBe(true);
  expect(isBelowPrivacyThreshold(definition, 10, WHILE_OPEN)).toBe(false);
  expect(isBelowPrivacyThreshold(definition, 0, AFTER_CLOSE)).toBe(false);
  expect(isBelowPrivacyThreshold(race({ ...times, minimumBallots: 1 }), 0, WHILE_OPEN)).toBe(false);
});

test("while a result is withheld, turnout is rounded to that threshold", () => {
  const definition = race({ minimumBallots: 10 });
  expect([0, 9, 10, 27].map((ballots) => roundToPrivacyThreshold(definition, ballots))).toEqual([0, 0, 10, 20]);
});

test("an accepted ballot reveals a result shown after voting, and no other", () => {
  const embargo = (results: string, atMs: number) => embargoOn(race({ ...times, results }), atMs, true);
  expect(embargo("after_vote", WHILE_OPEN)).toBeUndefined();
  expect(embargo("after_close", WHILE_OPEN)).toBe("after-close");
  expect(embargo("after_vote", Date.parse(OPENS) - 1)).toBe("not-open");
});

describe("an election of two regions, shown from 10 ballots in each", () => {
  const definition = race({ ...times, minimumBallots: 10 });
  const election = {
    definition,
    rollCounts: new Map([
      ["1", 40],
      ["2", 60],
    ]),
  };
  type Counts = Readonly<Record<string, number>>;
  const countedAt = (atMs: number, first: Counts, second: Counts) => ({
    atMs,
    ...countElection(
      definition,
      new Map([
        ["1", new Map(Object.entries(first))],
        ["2", new Map(Object.entries(second))],
      ]),
    ),
  });
  const ENOUGH = { "1": 8, "2": 3, [SPOILED]: 1 };
  const TOO_FEW = { "3": 9 };

  test("shows all of it, with exact turnout, once both have enough", () => {
    const counted = countedAt(WHILE_OPEN, ENOUGH, { "3": 13 });
    const shown = show(election, counted, undefined, false);
    expect(shown).toMatchObject({
      embargo: null,
      turnout: { ballots: 25, onRoll: 100, percentage: 25 },
      regionsWithheld: [],
    });
    expect([...shown.contests.keys()]).toEqual(["1", "2"]);
    expect(shown.count.ballots).toBe(25);
    expect(overviewOf(election, counted)).toEqual({
      embargo: null,
      turnout: { ballots: 25, onRoll: 100, percentage: 25 },
      roundedTo: 1,
      spoiled: 1,
    });
  });

  test("withholds the region with too few, adds it to no sum, and rounds turnout", () => {
    const counted = countedAt(WHILE_OPEN, ENOUGH, TOO_FEW);
    const shown = show(election, counted, undefined, false);
    expect(shown).toMatchObject({
      embargo: null,
      turnout: { ballots: 20, onRoll: 100, percentage: 20 },
      regionsWithheld: ["2"],
    });
    expect([...shown.contests.keys()]).toEqual(["1"]);
    expect(shown.count.ballots).toBe(12);
    expect(overviewOf(election, counted)).toEqual({
      embargo: null,
      turnout: { ballots: 20, onRoll: 100, percentage: 20 },
      roundedTo: 10,
      spoiled: undefined,
    });
  });

  test("shows nothing while both have too few", () => {
    const counted = countedAt(WHILE_OPEN, { "1": 9 }, TOO_FEW);
    expect(show(election, counted, undefined, false)).toMatchObject({
      embargo: "minimum-ballots",
      turnout: { ballots: 10 },
      regionsWithheld: ["1", "2"],
    });
    expect(overviewOf(election, counted)).toMatchObject({
      embargo: "minimum-ballots",
      roundedTo: 10,
      spoiled: undefined,
    });
  });

  test("has each region by itself, whatever the other has", () => {
    const counted = countedAt(WHILE_OPEN, ENOUGH, TOO_FEW);
    const first = show(election, counted, "1", false);
    expect(first).toMatchObject({
      embargo: null,
      turnout: { ballots: 12, onRoll: 40, percentage: 30 },
      regionsWithheld: [],
    });
    expect(first.count).toBe(counted.byRegion.get("1"));
    expect(show(election, counted, "2", false)).toMatchObject({
      embargo: "minimum-ballots",
      turnout: { ballots: 0, onRoll: 60, percentage: 0 },
      regionsWithheld: ["2"],
    });
  });

  test("shows all of it after closing, however few they are", () => {
    const shown = show(election, countedAt(AFTER_CLOSE, ENOUGH, TOO_FEW), undefined, false);
    expect(shown).toMatchObject({ embargo: null, turnout: { ballots: 21 }, regionsWithheld: [] });
    expect(shown.count.ballots).toBe(21);
  });

  test("rounds turnout for those who have not voted where results are for voters, and not for those who have", () => {
    const rules = { ...election, definition: race({ ...times, minimumBallots: 10, results: "after_vote" }) };
    const counted = countedAt(WHILE_OPEN, ENOUGH, { "3": 13 });
    expect(show(rules, counted, undefined, false)).toMatchObject({ embargo: "after-vote", turnout: { ballots: 20 } });
    expect(show(rules, counted, undefined, true)).toMatchObject({ embargo: null, turnout: { ballots: 25 } });
    expect(overviewOf(rules, counted)).toMatchObject({ embargo: "after-vote", roundedTo: 10, spoiled: undefined });
  });
});
