import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { fileName, resultsCsv, resultsJson } from "#published/files.ts";
import { law, rankedRace } from "#test/definitions.ts";

const publicly = (definition: ReturnType<typeof law>): PublicElection => ({
  election_id: definition.electionId,
  voting_method: definition.votingMethod,
  title: definition.title,
  status: "closed",
  opens_at: definition.opensAt,
  closes_at: definition.closesAt,
  definition,
  public_key: "",
  opening_sha256: null,
  envelope_bytes: 0,
  credential_fields: definition.credentialFields,
});

const common = {
  title: { fr: "Titre", en: "Title" },
  status: "closed",
  withheld: null,
  blank: 1,
  spoiled: 0,
  updated_at: "2026-01-01T12:30:45.000Z",
} as const;

const lawCount: LawResults = {
  ...common,
  law_id: "L1",
  oui: 3,
  non: 1,
  percentages: { oui: 75, non: 25 },
  total: 4,
  turnout: { ballots: 5, on_roll: 10, percentage: 50 },
  outcome: { kind: "adopted", quorum: 25, required_majority: { kind: "more-than", percentage: 50 } },
};

const candidate = { party: null, colour: null };
const rankedCount: ElectionResults = {
  ...common,
  election_id: "R1",
  region_id: "1",
  voting_method: "ranked_choice",
  total: 4,
  turnout: { ballots: 5, on_roll: 10, percentage: 50 },
  regions_withheld: [],
  candidates: [
    { ...candidate, candidate_id: "1", name: "Ada Roy", votes: 3, percentage: 75 },
    { ...candidate, candidate_id: "2", name: "Bo Lee", votes: 1, percentage: 25 },
  ],
  rounds: [
    {
      round: 1,
      candidates: [{ candidate_id: "1", votes: 3, percentage: 75 }],
      continuing: 4,
      exhausted: 0,
      threshold: 3,
      eliminated: "2",
      transfers: [
        { candidate_id: "1", votes: 1 },
        { candidate_id: null, votes: 1 },
      ],
      tie_break: null,
    },
  ],
  outcome: { kind: "elected", candidate_ids: ["1"] },
};

type Row = Record<string, string>;
const read = (csv: string): Row[] => parse(csv, { bom: true, columns: true, record_delimiter: "\r\n" });
const figures = (rows: readonly Row[], ...columns: readonly string[]) =>
  rows.map((row) => [row.figure, ...columns.map((column) => row[column])].join(" ").trimEnd());

describe("the files of a result", () => {
  test("have a law's votes, its conditions and its outcome", () => {
    const rows = read(resultsCsv({ election: publicly(law()), results: lawCount, turnout: undefined }, "fr"));
    expect(figures(rows, "id", "count", "percentage")).toEqual([
      "votes oui 3 75",
      "votes non 1 25",
      "total  4",
      "blank  1",
      "spoiled  0",
      "ballots  5 50",
      "on_roll  10",
      "outcome",
      "required_majority_more-than   50",
      "quorum   25",
    ]);
    expect(rows[0]).toMatchObject({ election_id: "L1", title: "Loi", status: "closed", name: "oui" });
    expect(rows.find((row) => row.figure === "outcome")).toMatchObject({ name: "adopted" });
  });

  test("have the rounds of a ranked count: votes, eliminations and transfers", () => {
    const shown = { election: publicly(rankedRace()), results: rankedCount, turnout: undefined };
    const rounds = read(resultsCsv(shown, "en")).filter((row) => row.round === "1");
    expect(figures(rounds, "id", "count")).toEqual([
      "round_votes 1 3",
      "round_continuing  4",
      "round_exhausted  0",
      "round_threshold  3",
      "round_eliminated 2",
      "round_transfer 1 1",
      "round_transfer_exhausted  1",
    ]);
    expect(figures(read(resultsCsv(shown, "en")), "name")).toContain("outcome_elected Ada Roy");
  });

  test("have turnout over time where the page shows it", () => {
    const turnout = {
      election_id: "L1",
      on_roll: 10,
      points: [{ until: "2026-01-01T09:15:00.000Z", ballots: 2, percentage: 20 }],
      updated_at: common.updated_at,
    };
    const shown = { election: publicly(law()), results: lawCount, turnout };
    expect(figures(read(resultsCsv(shown, "en")), "until", "count", "percentage")).toContain(
      "ballots_until 2026-01-01T09:15:00.000Z 2 20",
    );
    expect(JSON.parse(resultsJson(shown))).toEqual({ ...lawCount, turnout_over_time: turnout });
  });

  test("have no withheld count, and say why", () => {
    const results: LawResults = {
      ...lawCount,
      withheld: "after-close",
      oui: null,
      non: null,
      total: null,
      blank: null,
      spoiled: null,
    };
    const rows = read(resultsCsv({ election: publicly(law()), results, turnout: undefined }, "en"));
    expect(rows.filter((row) => row.count !== "").map((row) => row.figure)).toEqual(["ballots", "on_roll"]);
    expect(rows.every((row) => row.withheld === "after-close")).toBe(true);
  });

  test("have a name that says what they contain and when it was counted", () => {
    const shown = { election: publicly(rankedRace()), results: rankedCount, turnout: undefined };
    expect(fileName(shown, "csv")).toBe("results-R1-1-2026-01-01T123045.csv");
    expect(fileName({ ...shown, results: { ...rankedCount, region_id: null } }, "json")).toBe(
      "results-R1-2026-01-01T123045.json",
    );
  });
});
