import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumTallies } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import {
  type BallotInCells,
  ballotsByCell,
  beyondFence,
  groupByRow,
  type Increment,
  type InterpretedBallot,
} from "#storage/increment.ts";
import { cellName, padSequenceNumber } from "#storage/keys.ts";
import { race, rankedRace } from "#test/definitions.ts";

const E1 = race({ electionId: "E1" });

/** Ballots of one election in a shard: from two regions, and one that the definition does not have. */
const ballots = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 25n }), { maxLength: 60 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record<InterpretedBallot>({
        sequenceNumber: fc.constant(String(number)),
        electionId: fc.constant("E1"),
        regionId: fc.constantFrom("1", "2", "elsewhere"),
        interpretation: fc.constantFrom("1", "2", "3", SPOILED),
      }),
    ),
  ),
);

const inOrder = (batch: readonly InterpretedBallot[]): readonly InterpretedBallot[] =>
  [...batch].sort((one, other) => (BigInt(one.sequenceNumber) < BigInt(other.sequenceNumber) ? -1 : 1));

type Rows = Map<string, { fence: string; counts: ReadonlyMap<string, number> }>;

/** The tallies table as the fence sees it. */
function addAll(rows: Rows, increments: readonly Increment[]): void {
  for (const increment of increments) {
    const key = `${increment.sheet} ${increment.row}`;
    const { fence, counts } = rows.get(key) ?? { fence: "", counts: new Map() };
    const left = beyondFence(increment, fence);
    if (left === undefined) continue;
    rows.set(key, {
      fence: left.ballots.at(-1)?.sequenceNumber ?? fence,
      counts: sumTallies([counts, ballotsByCell(left.ballots)]),
    });
  }
}

test("every ballot of a batch is in one increment, once, in the cell of its region and selection", () => {
  fc.assert(
    fc.property(ballots, (batch) => {
      const increments = groupByRow("shard", [...batch, ...batch], E1);
      const grouped = increments.flatMap((increment) => increment.ballots);
      const expected = batch.map(({ sequenceNumber, regionId, interpretation }) => ({
        sequenceNumber: padSequenceNumber(sequenceNumber),
        interpretation,
        cells: [cellName(regionId, interpretation)],
      }));
      const sorted = (list: readonly BallotInCells[]) => list.map((ballot) => JSON.stringify(ballot)).sort();
      expect(sorted(grouped)).toEqual(sorted(expected));
      for (const increment of increments) {
        const numbers = increment.ballots.map(({ sequenceNumber }) => sequenceNumber);
        expect(numbers).toEqual([...numbers].sort());
      }
      expect(new Set(increments.map(({ sheet, row }) => `${sheet} ${row}`)).size).toBe(increments.length);
    }),
  );
});

describe("a shard replayed from any earlier point, cut into any batches, adds nothing", () => {
  const cuts = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { maxLength: 8 });

  test.each([
    ["where counts share a row and its fence", E1],
    ["where each ranking has a row of its own", rankedRace({ electionId: "E1" })],
  ])("%s", (_, definition) => {
    fc.assert(
      fc.property(ballots, cuts, (batch, replays) => {
        const shard = inOrder(batch);
        const replayed: Rows = new Map();
        let reached = 0;
        for (const [back, forth] of replays) {
          // The stream never skips ahead: a delivery starts at or before the end of the last.
          const start = Math.max(0, reached - back);
          addAll(replayed, groupByRow("shard", shard.slice(start, start + forth), definition));
          reached = Math.max(reached, Math.min(shard.length, start + forth));
        }
        addAll(replayed, groupByRow("shard", shard.slice(reached), definition));

        const once: Rows = new Map();
        addAll(once, groupByRow("shard", shard, definition));
        expect(replayed).toEqual(once);
        const counted = sumTallies([...replayed.values()].map(({ counts }) => counts));
        const cast = ballotsByCell(
          batch.map((ballot) => ({ cells: [cellName(ballot.regionId, ballot.interpretation)] })),
        );
        expect(counted).toEqual(cast);
      }),
    );
  });

  test("nor does a delivery of which only some rows were added", () => {
    const taken = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(ballots, fc.array(fc.tuple(fc.nat({ max: 60 }), taken), { maxLength: 4 }), (batch, deaths) => {
        const shard = inOrder(batch);
        const rows: Rows = new Map();
        for (const [length, which] of deaths) {
          const increments = groupByRow("shard", shard.slice(0, length), E1);
          addAll(
            rows,
            increments.filter((_, index) => which[index % which.length]),
          );
        }
        addAll(rows, groupByRow("shard", shard, E1));
        const once: Rows = new Map();
        addAll(once, groupByRow("shard", shard, E1));
        expect(rows).toEqual(once);
      }),
    );
  });
});
