import { expect, test } from "vitest";
import { formatResults } from "#admin/commands/results-report.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";

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
  election_id: "1",
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
  expect(formatResults({ kind: "election", election, body: election }, false)).toBe(
    [
      "Title, region 2 (open)",
      "",
      "Ada Roy  Party  3  75.00 %",
      "Bo Lee          1  25.00 %",
      "",
      "votes 4, blank 1, spoiled 0",
      "turnout 5 of 1,001 (0.50 %)",
      "counted 2026-10-19T12:00:00.000Z",
    ].join("\n"),
  );
});

test("on a terminal each option has a bar, in its party's colour if it has one", () => {
  const [, , first = "", second = ""] = formatResults({ kind: "election", election, body: election }, true).split("\n");
  expect(first).toContain("\u001b[38;2;11;79;158m");
  expect(first.split("█")).toHaveLength(24);
  expect(second).not.toContain("\u001b");
  expect(second.split("█")).toHaveLength(9);
});

test("a withheld result says why, and shows no count", () => {
  const law = LawResults.parse({
    ...outcome,
    outcome: { kind: "undecided", quorum: null, required_majority: { kind: "more-than", percentage: 50 } },
    ...{ law_id: "L1", oui: null, non: null, total: null, blank: null, spoiled: null },
    percentages: { oui: null, non: null },
    withheld: "after-close",
  });
  const text = formatResults({ kind: "law", law, body: law }, true);
  expect(text).toContain("The result is shown after closing.");
  expect(text).toContain("votes –, blank –, spoiled –");
  expect(text).not.toMatch(/█|░/);
});
