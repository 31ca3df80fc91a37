import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { LawResults } from "#functions/results/contract.ts";
import { fileName, resultsCsv, resultsJson } from "#published/files.ts";
import { law, race, rankedRace } from "#test/definitions.ts";
import { lawCount, publicly, rankedCount, singleCount } from "#test/published/examples.ts";

type Row = Record<string, string>;
const read = (csv: string): Row[] => parse(csv, { bom: true, columns: true, record_delimiter: "\r\n" });
const figures = (rows: readonly Row[], ...columns: readonly string[]) =>
  rows.map((row) => [row.figure, ...columns.map((column) => row[column])].join(" ").trimEnd());

describe("the files of a result", () => {
  test("have a law's votes, its conditions and its outcome", () => {
    const rows = read(resultsCsv([{ election: publicly(law()), results: lawCount, turnout: undefined }], "fr"));
    expect(figures(rows, "id", "count", "percentage")).toEqual([
      "votes oui 3 75",
      "votes non 1 25",
      "total  4",
      "blank  1",
      "spoiled  0",
      "ballots  5 50",
      "on_roll  10",
      "margin  2",
      "outcome",
      "required_majority_more-than   50",
      "quorum   25",
    ]);
    expect(rows[0]).toMatchObject({ election_id: "L1", title: "Loi", status: "closed", name: "oui" });
    expect(rows.find((row) => row.figure === "outcome")).toMatchObject({ name: "adopted" });
  });

  test("have the rounds of a ranked count: votes, eliminations and transfers", () => {
    const shown = { election: publicly(rankedRace()), results: rankedCount, turnout: undefined };
    const rounds = read(resultsCsv([shown], "en")).filter((row) => row.round === "1");
    expect(figures(rounds, "id", "count")).toEqual([
      "margin  2",
      "round_votes 1 3",
      "round_votes 2 1",
      "round_continuing  4",
      "round_exhausted  0",
      "round_threshold  3",
      "round_eliminated 2",
      "round_transfer 1 1",
      "round_transfer_exhausted  1",
    ]);
    expect(figures(read(resultsCsv([shown], "en")), "name")).toContain("elected Ada Roy");
  });

  test("have each region's seat, and how close it was", () => {
    const seat = {
      ...{ region_id: "1", kind: "elected" as const, candidate_ids: ["1"], tie_over: null, elected: ["1"] },
      ...{ open_seats: 0, votes: 3, margin: 2, whole: 4, ballots: 5, on_roll: 10 },
    };
    const empty = { ...seat, region_id: "2", kind: "no-ballots" as const, candidate_ids: [], elected: [], margin: 0 };
    const results = singleCount({ 1: 3, 2: 1 }, { region_id: null, seats: [seat, empty] });
    const rows = read(resultsCsv([{ election: publicly(race()), results, turnout: undefined }], "en"));
    expect(
      figures(
        rows.filter((row) => row.figure?.startsWith("seat_")),
        ...["region", "name", "count", "percentage"],
      ),
    ).toEqual(["seat_elected Region 1 Candidate 1", "seat_margin Region 1  2 50"]);
  });

  test("have turnout over time where the page shows it", () => {
    const turnout = {
      election_id: "L1",
      on_roll: 10,
      points: [{ until: "2026-01-01T09:15:00.000Z", ballots: 2, percentage: 20 }],
      updated_at: lawCount.updated_at,
    };
    const shown = { election: publicly(law()), results: lawCount, turnout };
    expect(figures(read(resultsCsv([shown], "en")), "until", "count", "percentage")).toContain(
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
    const rows = read(resultsCsv([{ election: publicly(law()), results, turnout: undefined }], "en"));
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
