import { describe, expect, test } from "vitest";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import {
  changesBetween,
  fingerprintOf,
  inHeldOrder,
  isByVotes,
  leaderOf,
  optionsIn,
  partiesIn,
} from "#published/figures.ts";

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
  test("start with the option with most votes", () => {
    expect(optionsIn(results).map(({ id, votes }) => [id, votes])).toEqual([
      ["non", 5],
      ["oui", 3],
    ]);
    expect(leaderOf(results)?.id).toBe("non");
  });

  test("name nobody as leading in a tie or before the first vote", () => {
    expect(leaderOf({ ...results, non: 3 })).toBeUndefined();
    expect(leaderOf({ ...results, oui: 0, non: 0 })).toBeUndefined();
  });

  test("name a leader only where most votes win: in one region, with a single choice", () => {
    expect(leaderOf(election)?.id).toBe("b");
    expect(leaderOf({ ...election, region_id: null })).toBeUndefined();
    expect(leaderOf({ ...election, voting_method: "ranked_choice" })).toBeUndefined();
  });

  test("are summed by party over all regions, independents together, where a party has several candidates", () => {
    const party = { fr: "Parti", en: "Party" };
    const candidate = { candidate_id: "", name: "", party: null, colour: null, percentage: 0 };
    const all: ElectionResults = {
      ...election,
      region_id: null,
      total: 10,
      candidates: [
        { ...candidate, candidate_id: "a", party, colour: "#b3261e", votes: 2 },
        { ...candidate, candidate_id: "b", votes: 3 },
        { ...candidate, candidate_id: "c", party, colour: "#b3261e", votes: 4 },
        { ...candidate, candidate_id: "d", votes: 1 },
      ],
    };
    expect(partiesIn(all)).toMatchObject([
      { party, votes: 6, percentage: 60 },
      { party: null, votes: 4, percentage: 40 },
    ]);
    expect(partiesIn({ ...all, region_id: "1" })).toEqual([]);
    expect(partiesIn({ ...all, candidates: all.candidates.slice(0, 2) })).toEqual([]);
    expect(partiesIn(results)).toEqual([]);
  });

  test("keep their order while counts change, and say when it is no longer by votes", () => {
    const overtaken: LawResults = { ...results, oui: 6 };
    const held = optionsIn(results).map(({ id }) => id);
    const shown = inHeldOrder(optionsIn(overtaken), held);
    expect(shown.map(({ id, votes }) => [id, votes])).toEqual([
      ["non", 5],
      ["oui", 6],
    ]);
    expect(isByVotes(shown)).toBe(false);
    expect(isByVotes(optionsIn(overtaken))).toBe(true);
    expect(inHeldOrder(optionsIn(results), ["oui"]).map(({ id }) => id)).toEqual(["oui", "non"]);
  });

  test("announce only what changed between two counts", () => {
    const turnout = { ...results.turnout, ballots: 12, percentage: 12 };
    const after: LawResults = { ...results, oui: 6, turnout };
    expect(changesBetween(results, after)).toMatchObject({
      options: [{ id: "oui", votes: 6 }],
      leader: { id: "oui" },
      turnout: { part: 12, whole: 100 },
    });
    expect(changesBetween(results, { ...results, blank: 2 })).toEqual({
      options: [],
      leader: undefined,
      turnout: undefined,
    });
  });

  test("show no option while the result is withheld", () => {
    const withheld: LawResults = { ...results, withheld: "after-close", oui: null, non: null, total: null };
    expect(optionsIn(withheld)).toEqual([]);
  });

  test("have changed when a figure did, not when they were recounted", () => {
    expect(fingerprintOf({ ...results, updated_at: "2026-01-01T00:00:02.000Z" })).toBe(fingerprintOf(results));
    expect(fingerprintOf({ ...results, blank: 2 })).not.toBe(fingerprintOf(results));
  });
});
