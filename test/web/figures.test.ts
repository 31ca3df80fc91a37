import { describe, expect, test } from "vitest";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { fingerprintOf, leaderOf, optionsIn } from "#web/results/figures.ts";

const results: LawResults = {
  law_id: "L1",
  title: { fr: "Loi", en: "Law" },
  status: "open",
  withheld: null,
  oui: 3,
  non: 5,
  percentages: { oui: 37.5, non: 62.5 },
  total: 8,
  blank: 1,
  spoiled: 0,
  turnout: { ballots: 9, on_roll: 100, percentage: 9 },
  updated_at: "2026-01-01T00:00:00.000Z",
  outcome: { kind: "undecided", quorum: null, required_majority: { kind: "more-than", percentage: 50 } },
};

const { law_id: _, outcome: _undecided, oui, non, percentages, ...counted } = results;
const election: ElectionResults = {
  ...counted,
  election_id: "E1",
  region_id: "1",
  voting_method: "single_choice",
  regions_withheld: [],
  candidates: [
    { candidate_id: "a", name: "Ada Roy", party: null, colour: null, votes: oui, percentage: percentages.oui },
    { candidate_id: "b", name: "Bo Lee", party: null, colour: null, votes: non, percentage: percentages.non },
  ],
};

describe("the results shown", () => {
  test("begin with the option that has most votes", () => {
    expect(optionsIn(results).map(({ id, votes }) => [id, votes])).toEqual([
      ["non", 5],
      ["oui", 3],
    ]);
    expect(leaderOf(results)?.id).toBe("non");
  });

  test("name nobody as leading on a tie, nor before the first vote", () => {
    expect(leaderOf({ ...results, non: 3 })).toBeUndefined();
    expect(leaderOf({ ...results, oui: 0, non: 0 })).toBeUndefined();
  });

  test("name a leader only where most votes win: in one region, by one choice", () => {
    expect(leaderOf(election)?.id).toBe("b");
    expect(leaderOf({ ...election, region_id: null })).toBeUndefined();
    expect(leaderOf({ ...election, voting_method: "ranked_choice" })).toBeUndefined();
  });

  test("show no option while the result is withheld", () => {
    const withheld: LawResults = { ...results, withheld: "after-close", oui: null, non: null, total: null };
    expect(optionsIn(withheld)).toEqual([]);
  });

  test("have changed when a figure did, not when they were counted again", () => {
    expect(fingerprintOf({ ...results, updated_at: "2026-01-01T00:00:02.000Z" })).toBe(fingerprintOf(results));
    expect(fingerprintOf({ ...results, blank: 2 })).not.toBe(fingerprintOf(results));
  });
});
