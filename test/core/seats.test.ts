import { expect, test } from "vitest";
import type { RaceDefinition } from "#core/contest.ts";
import { countElection } from "#core/results.ts";
import { seatsByParty, seatsOf } from "#core/seats.ts";
import { SPOILED } from "#core/selection.ts";
import { race, rankedRace } from "#test/definitions.ts";

function asRace(definition: ReturnType<typeof race>): RaceDefinition {
  if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
  return definition;
}

/** The counts of the regions named here; the others are withheld. */
function counted(definition: RaceDefinition, tallies: Record<string, Record<string, number>>) {
  const byRegion = Object.entries(tallies).map(([id, counts]) => [id, new Map(Object.entries(counts))] as const);
  const count = countElection(definition, new Map(byRegion));
  return new Map([...count.byRegion].filter(([id]) => id in tallies));
}

test("each region's seat goes to whoever has most votes there, and to nobody on a tie or without votes", () => {
  const definition = asRace(race());
  const seat = (region1: Record<string, number>) =>
    seatsOf(definition, counted(definition, { "1": region1 }))[0]?.outcome;
  expect(seat({ "1": 3, "2": 2, "-": 9 })).toEqual({ kind: "elected", candidateId: "1" });
  expect(seat({ "1": 2, "2": 2 })).toEqual({ kind: "tie", tied: ["1", "2"] });
  expect(seat({ [SPOILED]: 4 })).toEqual({ kind: "no-ballots" });
});

test("a ranked region's seat is decided by its rounds, not by first choices", () => {
  const candidates = ["a", "b", "c"].map((candidateId) => ({
    candidateId,
    firstName: candidateId,
    lastName: candidateId,
    regionIds: ["1", "2"],
  }));
  const definition = asRace(rankedRace({ candidates, maxRankings: 3 }));
  const [first, second] = seatsOf(
    definition,
    counted(definition, { "1": { a: 4, "b>c": 3, c: 2, "c>b": 2 }, "2": { "a>b": 1 } }),
  );
  expect(first?.outcome).toEqual({ kind: "elected", candidateId: "c" });
  expect(second?.outcome).toEqual({ kind: "elected", candidateId: "a" });
});

test("a withheld region has no seat, and every party is listed, most seats first", () => {
  const definition = asRace(race());
  const seats = seatsOf(definition, counted(definition, { "1": { "2": 1 } }));
  expect(seats.map(({ regionId }) => regionId)).toEqual(["1"]);
  expect(seatsByParty(definition, seats)).toEqual([
    { partyId: undefined, seats: 1 },
    { partyId: "p", seats: 0 },
  ]);
});
