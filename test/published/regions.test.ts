import { describe, expect, test } from "vitest";
import type { ElectionResults, SeatResult } from "#functions/results/contract.ts";
import { closestFirst, foremostParty, ledBy, regionLines, regionsWith, seatsIn } from "#published/regions.ts";
import { race } from "#test/definitions.ts";
import { singleCount } from "#test/published/examples.ts";

const name = (text: string) => ({ fr: text, en: text });
const regions = ["Montréal", "Laval", "Gaspé", "Nord"].map((text, index) => ({
  regionId: String(index + 1),
  name: name(text),
}));
const definition = race({
  regions,
  candidates: regions.flatMap(({ regionId }) =>
    ["a", "b"].map((id) => ({ candidateId: `${regionId}${id}`, firstName: id, lastName: "X", regionIds: [regionId] })),
  ),
});

const seat = (region_id: string, more: Partial<SeatResult>): SeatResult => ({
  ...{ region_id, kind: "elected", candidate_ids: [`${region_id}a`], tie_over: null, elected: [`${region_id}a`] },
  ...{ open_seats: 0, votes: 6, margin: 2, whole: 10, ballots: 10, on_roll: 20, ...more },
});
const party = (text: string, seats: number) => ({ party: name(text), colour: "#1d4ed8", seats });

/** Region 4 may not be shown yet. */
const results: ElectionResults = singleCount(
  { "1a": 6, "2a": 5, "2b": 5, "3a": 0 },
  {
    region_id: null,
    regions_withheld: ["4"],
    seats: [
      seat("1", {}),
      seat("2", { kind: "tie", tie_over: "win", candidate_ids: ["2a", "2b"], elected: [], open_seats: 1, margin: 0 }),
      seat("3", { kind: "no-ballots", candidate_ids: [], elected: [], votes: 0, margin: 0, whole: 0 }),
    ],
    seats_by_party: [party("North", 1), party("South", 0)],
  },
);
const lines = regionLines(definition, results);
const idsOf = (some: typeof lines) => some.map(({ id }) => id);

describe("each region in a line", () => {
  test("names who leads or is tied there, and none where nothing may be shown", () => {
    expect(lines.map(({ elected, tied }) => [elected.map(({ id }) => id), tied.map(({ id }) => id)])).toEqual([
      [["1a"], []],
      [[], ["2a", "2b"]],
      [[], []],
      [[], []],
    ]);
    expect(lines.map((line) => line.seat === undefined)).toEqual([false, false, false, true]);
    expect(regionLines(definition, { ...results, seats: undefined } as ElectionResults)).toEqual([]);
  });

  test("comes closest first where asked, without votes last", () => {
    expect(idsOf(closestFirst(lines))).toEqual(["2", "1", "3", "4"]);
  });

  test("is found by its name or its leader's, whatever case and accents", () => {
    expect(idsOf(regionsWith(lines, " montreal "))).toEqual(["1"]);
    expect(idsOf(regionsWith(lines, "candidate 2b"))).toEqual(["2"]);
    expect(idsOf(regionsWith(lines, ""))).toEqual(["1", "2", "3", "4"]);
  });

  test("is led by an independent, by those tied, or by nobody", () => {
    expect(lines.map(ledBy)).toEqual([["independent"], ["tied"], ["none"], ["none"]]);
  });
});

test("seats without a winner are tied, or open where there is no vote or nothing may be shown", () => {
  const count = seatsIn(definition, results);
  expect(count).toMatchObject({ seats: 4, majority: 3, tied: 1, open: 2 });
  expect(foremostParty(count)?.party).toEqual(name("North"));
  expect(foremostParty({ ...count, parties: count.parties.map((one) => ({ ...one, seats: 1 })) })).toBeUndefined();
});
