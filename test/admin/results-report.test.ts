import { expect, test } from "vitest";
import { formatResults } from "#admin/commands/results-report.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { chooseRace, law, race } from "#test/definitions.ts";
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
      "In the lead: Ada Roy with 3 votes (75.00 %); 2 ahead of Bo Lee.",
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
  const [, , , first = "", second = ""] = formatResults(publicly(race()), election, true).split("\n");
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
  expect(text).toContain("The result is shown after closing.");
  expect(text).toContain("votes –, blank –, spoiled –");
  expect(text).not.toMatch(/█|░/);
});

test("the first line after the title says what the result comes to", () => {
  const said = (results: Parameters<typeof formatResults>[1]) =>
    formatResults(publicly(race()), results, false).split("\n")[1];
  expect(said(lawCount)).toBe("The law is adopted: oui and non are 2 votes apart.");
  expect(said(rankedCount)).toBe("Elected in round 1: Ada Roy with 3 votes (75.00 %); 2 ahead of Bo Lee.");
  expect(said(singleCount({ 1: 1, 2: 0 }))).toBe(
    "Elected: Candidate 1 with 1 vote (100.00 %); nobody else had a vote.",
  );
  expect(said(singleCount({ 1: 2, 2: 2, 3: 0 }))).toBe("Tie for the seat between Candidate 1 and Candidate 2.");
  expect(said(singleCount({ 1: 0 }))).toBe("Nobody has a vote.");
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
      "Each region elects for itself. Of 2 seats Party has 1, no majority (2); 1 is tied.",
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
  const results = singleCount({ 1: 3, 2: 2, 3: 2 }, { voting_method: "choose", total: 4, outcome });
  expect(formatResults(publicly(chooseRace()), results, false)).toContain(
    "Elected: Candidate 1 with 3 votes (75.00 %); 1 ahead of Candidate 2. Tie for the last seat, between Candidate 2 and Candidate 3.",
  );
  const all = {
    ...outcome,
    kind: "elected" as const,
    tie_over: null,
    candidate_ids: ["1", "2"],
    elected: ["1", "2"],
    open_seats: 0,
  };
  expect(formatResults(publicly(chooseRace()), { ...results, outcome: all }, false)).toContain(
    "1 with 3 votes (75.00 %) and Candidate 2 with 2 votes",
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
    "Elected: Candidate 2 with 3 votes (42.86 %); 0 ahead of Candidate 1. A lot broke the tie for the last seat between Candidate 1 and Candidate 2.",
  );
});
