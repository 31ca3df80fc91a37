import { expect, test } from "vitest";
import type { RaceDefinition } from "#core/contest.ts";
import { withWithdrawal } from "#core/officers-acts.ts";
import { countElection } from "#core/results.ts";
import { seatCount, seatsByParty, seatsOf } from "#core/seats.ts";
import { MARKED, SPOILED } from "#core/selection.ts";
import { chooseRace, race, rankedRace, transferRace } from "#test/definitions.ts";

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
  expect(seat({ "1": 2, "2": 2 })).toEqual({ kind: "tie", tied: ["1", "2"], over: "win" });
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

/** Five regions with a candidate of each party and an independent; `north` and `south` are the parties. */
function fiveRegions(overrides: Record<string, unknown> = {}): RaceDefinition {
  const regionIds = ["1", "2", "3", "4", "5"];
  const name = (text: string) => ({ fr: text, en: text });
  return asRace(
    race({
      regions: regionIds.map((regionId) => ({ regionId, name: name(regionId) })),
      parties: ["north", "south"].map((partyId) => ({ partyId, name: name(partyId), colour: "#1d4ed8" })),
      candidates: regionIds.flatMap((regionId) =>
        ["north", "south", undefined].map((partyId, index) => ({
          candidateId: `${regionId}-${index}`,
          firstName: "A",
          lastName: "B",
          regionIds: [regionId],
          ...(partyId !== undefined && { partyId }),
        })),
      ),
      ...overrides,
    }),
  );
}

test("seats add up by party, independents together, and a tie or a region without votes gives none", () => {
  const definition = fiveRegions();
  const partySeats = (tallies: Record<string, Record<string, number>>) =>
    seatsByParty(definition, seatsOf(definition, counted(definition, tallies)));
  expect(partySeats({ "1": { "1-1": 1 }, "2": { "2-1": 2, "2-0": 1 }, "3": { "3-2": 1 }, "4": { "4-1": 9 } })).toEqual([
    { partyId: "south", seats: 3 },
    { partyId: undefined, seats: 1 },
    { partyId: "north", seats: 0 },
  ]);
  expect(partySeats({ "1": { "1-0": 1, "1-2": 1 }, "2": {}, "3": { "3-1": 1 } })).toEqual([
    { partyId: "south", seats: 1 },
    { partyId: "north", seats: 0 },
  ]);
});

test("parties with as many seats stay in the definition's order", () => {
  const definition = fiveRegions();
  const seats = seatsOf(definition, counted(definition, { "1": { "1-1": 1 }, "2": { "2-0": 1 } }));
  expect(seatsByParty(definition, seats).map(({ partyId }) => partyId)).toEqual(["north", "south"]);
});

test("seats are in the definition's order, whatever the order of the counts", () => {
  const definition = fiveRegions();
  const counts = counted(definition, { "1": { "1-0": 1 }, "2": { "2-0": 1 }, "4": { "4-0": 1 } });
  const seats = seatsOf(definition, new Map([...counts].toReversed()));
  expect(seats.map(({ regionId }) => regionId)).toEqual(["1", "2", "4"]);
});

test("a tie names only those with most votes", () => {
  const definition = fiveRegions();
  expect(seatsOf(definition, counted(definition, { "1": { "1-0": 4, "1-1": 2, "1-2": 4 } }))).toEqual([
    { regionId: "1", outcome: { kind: "tie", tied: ["1-0", "1-2"], over: "win" } },
  ]);
});

test("a ranked tie that no lot breaks names those tied, and one without ballots says so", () => {
  const definition = asRace(rankedRace());
  expect(seatsOf(definition, counted(definition, { "1": { "1": 2, "2": 2 }, "2": {} }))).toEqual([
    { regionId: "1", outcome: { kind: "tie", tied: ["1", "2"], over: "win" } },
    { regionId: "2", outcome: { kind: "no-ballots" } },
  ]);
});

/** How close the first region is. */
const closeness = (definition: RaceDefinition, tally: Record<string, number>) => {
  const contests = counted(definition, { "1": tally });
  const contest = contests.get("1");
  const outcome = seatsOf(definition, contests)[0]?.outcome;
  return contest === undefined || outcome === undefined ? undefined : seatCount(definition, outcome, contest);
};

test("how close a region is counts the votes between its leader and the next, none in a tie", () => {
  const single = asRace(race());
  expect(closeness(single, { "1": 5, "2": 3, "-": 9 })).toEqual({ votes: 5, margin: 2, whole: 8 });
  expect(closeness(single, { "2": 4 })).toEqual({ votes: 4, margin: 4, whole: 4 });
  expect(closeness(single, { "1": 2, "2": 2 })).toEqual({ votes: 2, margin: 0, whole: 4 });
  expect(closeness(single, {})).toEqual({ votes: 0, margin: 0, whole: 0 });
});

test("how close a ranked region is counts the last round, and in a transferable vote whoever was elected last", () => {
  const candidates = ["a", "b", "c", "d"].map((candidateId) => ({
    candidateId,
    firstName: candidateId,
    lastName: candidateId,
    regionIds: ["1", "2"],
  }));
  const ranked = asRace(rankedRace({ candidates, maxRankings: 3 }));
  expect(closeness(ranked, { a: 4, "b>c": 3, c: 2, "c>b": 2 })).toEqual({ votes: 7, margin: 3, whole: 11 });
  const several = asRace(transferRace({ candidates, seats: 2, maxRankings: 3 }));
  expect(closeness(several, { a: 4, b: 4, c: 1 })).toEqual({ votes: 4, margin: 3, whole: 9 });
});

test("how close a region is passes over whoever withdrew, whose marks elect nobody", () => {
  const definition = asRace(withWithdrawal(chooseRace({ maxChoices: 1 }), "2", "2026-01-01T00:00:00Z"));
  expect(closeness(definition, { "1": 3, "2": 9, [MARKED]: 12 })).toEqual({ votes: 3, margin: 3, whole: 12 });
});
