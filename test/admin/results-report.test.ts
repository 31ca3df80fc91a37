import { expect, test } from "vitest";
import { formatResults } from "#admin/commands/results-report.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { chooseRace, law, race, rankedRace } from "#test/definitions.ts";
import { lawCount, publicly, rankedCount, singleCount } from "#test/published/examples.ts";

const outcome = {
  title: { fr: "Titre", en: "Title" },
  status: "open",
  withheld: null,
  total: 4,
  blank: 1,
  spoiled: 0,
  turnout: { ballots: 5, on_roll: 1001, percentage: 0.5 },
  updated_at: "2026-10-19T12:00:00.000Z",
};

const election = ElectionResults.parse({
  ...outcome,
  election_id: "E1",
  region_id: "2",
  voting_method: "single_choice",
  regions_withheld: [],
  candidates: [
    {
      candidate_id: "1",
      name: "Ada Roy",
      party: { fr: "Parti", en: "Party" },
      colour: "#0b4f9e",
      votes: 3,
      percentage: 75,
    },
    { candidate_id: "2", name: "Bo Lee", party: null, colour: null, votes: 1, percentage: 25 },
  ],
});

test("a result is a plain table when not shown on a terminal", () => {
  expect(formatResults(publicly(race()), election, false)).toBe(
    [
      "Title, region 2 (open)",
      "So far Ada Roy leads with 75.0% of 4\u00a0valid votes, 2\u00a0votes (50.0\u00a0points) ahead of Bo Lee.",
      "Turnout: 0.5%, 5 of 1,001\u00a0voters on the roll.",
      "",
      "Ada Roy  Party  3  75.00 %",
      "Bo Lee          1  25.00 %",
      "",
      "votes 4, blank 1, spoiled 0",
      "turnout 5 of 1,001 (0.50 %)",
      "counted on October 19, 2026 at 8:00\u00a0a.m.\u00a0EDT",
    ].join("\n"),
  );
});

test("on a terminal each option has a bar, in its party's colour if it has one", () => {
  const [, , , , first = "", second = ""] = formatResults(publicly(race()), election, true).split("\n");
  expect(first).toContain("\u001b[38;2;11;79;158m");
  expect(first.split("█")).toHaveLength(24);
  expect(second).not.toContain("\u001b");
  expect(second.split("█")).toHaveLength(9);
});

test("a withheld result says why, and shows no count", () => {
  const withheld = LawResults.parse({
    ...outcome,
    outcome: { kind: "undecided", quorum: null, required_majority: { kind: "more-than", percentage: 50 } },
    ...{ law_id: "L1", oui: null, non: null, total: null, blank: null, spoiled: null },
    percentages: { oui: null, non: null },
    withheld: "after-close",
  });
  const text = formatResults(publicly(law()), withheld, true);
  expect(text).toContain("This result is published when voting closes, on December 31, 2099");
  expect(text).toContain("votes –, blank –, spoiled –");
  expect(text).not.toMatch(/█|░/);
});

test("the first line after the title says what the result comes to, as the page does", () => {
  const said = (definition: ElectionDefinition, results: Parameters<typeof formatResults>[1]) =>
    formatResults(publicly(definition), results, false).split("\n")[1];
  expect(said(law(), lawCount)).toBe("The law is adopted with 75.0% of 4\u00a0valid votes.");
  expect(said(rankedRace(), rankedCount)).toBe(
    "Ada Roy is elected with 75.0% of 4\u00a0votes in round\u00a01, 2\u00a0votes (50.0\u00a0points) ahead of Bo Lee.",
  );
  expect(said(race(), singleCount({ 1: 1, 2: 0 }))).toBe(
    "Candidate 1 is elected with 100.0% of the one valid vote; nobody else has a vote.",
  );
  expect(said(race(), singleCount({ 1: 2, 2: 2, 3: 0 }))).toBe(
    "Candidate 1 and Candidate 2 are tied with 2\u00a0votes each, 50.0% of 4\u00a0valid votes: nobody is elected.",
  );
  expect(said(race(), singleCount({ 1: 0 }))).toBe("Nobody is elected: no ballot names anybody.");
});

test("a law's answers have their names", () => {
  const text = formatResults(publicly(law()), lawCount, false);
  expect(text).toMatch(/^Yes +3 +75.00 %\nNo +1 +25.00 %$/m);
});

test("a result of all regions names each region's seat, and the seats of each party", () => {
  const seats = [
    {
      ...{ region_id: "1", kind: "elected" as const, candidate_ids: ["1"], tie_over: null, elected: ["1"] },
      ...{ open_seats: 0, votes: 3, margin: 2, whole: 4, ballots: 5, on_roll: 10 },
    },
    {
      region_id: "2",
      kind: "tie" as const,
      candidate_ids: ["2", "3"],
      tie_over: "elimination" as const,
      elected: [],
      ...{ open_seats: 1, votes: 1, margin: 0, whole: 3, ballots: 3, on_roll: 10 },
    },
  ];
  const parties = [{ party: { fr: "Parti", en: "Party" }, colour: null, seats: 1 }];
  const text = formatResults(
    publicly(race()),
    singleCount({ 1: 1, 2: 1, 3: 1 }, { region_id: null, seats, seats_by_party: parties }),
    false,
  );
  expect(text).toContain(
    [
      "Party has the most seats, 1 of 2, but no majority.",
      "1\u00a0seat is tied.",
      "",
      "seats by region",
      "1  Region 1  Candidate 1                                        75.00 %  2 ahead",
      "2  Region 2  tie over an elimination: Candidate 2, Candidate 3  33.33 %  0 ahead",
      "",
      "seats by party",
      "Party  1",
    ].join("\n"),
  );
});

test("a result of several seats names all who are elected, and a tie for the last seat", () => {
  const outcome = {
    kind: "tie" as const,
    candidate_ids: ["2", "3"],
    tie_over: "win" as const,
    elected: ["1"],
    open_seats: 1,
  };
  const candidates = ["1", "2", "3"].map((id) => ({
    ...{ candidateId: id, firstName: "Candidate", lastName: id, regionIds: ["1", "2"] },
  }));
  const council = publicly(chooseRace({ seats: 2, candidates }));
  const results = singleCount({ 1: 3, 2: 2, 3: 2 }, { voting_method: "choose", total: 4, outcome });
  expect(formatResults(council, results, false)).toContain(
    "Candidate 1 is elected to 1 of 2\u00a0seats; Candidate 2 and Candidate 3 are tied for the last seat.",
  );
  const all = {
    ...outcome,
    kind: "elected" as const,
    tie_over: null,
    candidate_ids: ["1", "2"],
    elected: ["1", "2"],
    open_seats: 0,
  };
  expect(formatResults(council, { ...results, outcome: all }, false)).toContain(
    "Candidate 1 and Candidate 2 are elected to the 2\u00a0seats; Candidate 2 is 0\u00a0votes (0.0\u00a0points) ahead of Candidate 3.",
  );
});

test("who voted on paper or by mail is told beside the turnout", () => {
  const turnout = { ...outcome.turnout, voted_elsewhere: 1200 };
  const text = formatResults(publicly(race()), { ...election, turnout }, false);
  expect(text).toMatch(/^turnout 5 of 1,001 .*\non paper or by mail, not among these ballots: 1,200$/m);
});

test("a seat that a lot decided says so", () => {
  const byLot = { tied: ["1", "2"], seats: 1, by: "lot-after-closing" as const };
  const outcome = {
    kind: "elected" as const,
    candidate_ids: ["2"],
    tie_over: null,
    elected: ["2"],
    open_seats: 0,
    by_lot: byLot,
  };
  expect(formatResults(publicly(race()), singleCount({ 1: 3, 2: 3, 3: 1 }, { outcome }), false)).toContain(
    "Candidate 2 is elected by lot: Candidate 1 and Candidate 2 are tied with 3\u00a0votes each, 42.9% of 7\u00a0valid votes.",
  );
});
