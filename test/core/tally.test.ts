import fc from "fast-check";
import { expect, test } from "vitest";
import { countedIn } from "#core/keys.ts";
import { countVotes, percentage, sumHistograms } from "#core/results.ts";
import { beyondFence, groupByRow, type Increment, type OpenedBallot, SPOILED } from "#core/tally.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const ballots = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 25n }), { maxLength: 60 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record<OpenedBallot>({
        sequenceNumber: fc.constant(String(number)),
        electionId: fc.constantFrom("E1", "E2"),
        regionId: fc.constantFrom("1", "2"),
        counted: fc.constantFrom("1", "2", SPOILED),
      }),
    ),
  ),
);

/** The tallies table as the fence sees it. */
function addAll(rows: Map<string, { count: number; fence: string }>, increments: readonly Increment[]): void {
  for (const increment of increments) {
    const key = `${increment.contest} ${increment.row}`;
    const row = rows.get(key) ?? { count: 0, fence: "" };
    const left = beyondFence(increment, row.fence);
    if (left !== undefined) {
      rows.set(key, {
        count: row.count + left.sequenceNumbers.length,
        fence: left.sequenceNumbers.at(-1) ?? row.fence,
      });
    }
  }
}

test("every ballot of a batch is in one increment, once", () => {
  fc.assert(
    fc.property(ballots, (batch) => {
      const increments = groupByRow("shard", [...batch, ...batch]);
      expect(increments.reduce((sum, { sequenceNumbers }) => sum + sequenceNumbers.length, 0)).toBe(batch.length);
      for (const { sequenceNumbers } of increments) expect(sequenceNumbers).toEqual([...sequenceNumbers].sort());
    }),
  );
});

test("a shard replayed from any earlier point, cut into any batches, adds nothing", () => {
  const cuts = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { maxLength: 8 });
  fc.assert(
    fc.property(ballots, cuts, (batch, replays) => {
      const inOrder = [...batch].sort((a, b) => (BigInt(a.sequenceNumber) < BigInt(b.sequenceNumber) ? -1 : 1));
      const once = new Map<string, { count: number; fence: string }>();
      addAll(once, groupByRow("shard", inOrder));

      const replayed = new Map<string, { count: number; fence: string }>();
      let reached = 0;
      for (const [back, forth] of replays) {
        // The stream never jumps ahead: a delivery starts at or before what was delivered so far.
        const start = Math.max(0, reached - back);
        addAll(replayed, groupByRow("shard", inOrder.slice(start, start + forth)));
        reached = Math.max(reached, Math.min(inOrder.length, start + forth));
      }
      addAll(replayed, groupByRow("shard", inOrder.slice(reached)));
      expect(replayed).toEqual(once);
    }),
  );
});

test("histograms add up alike in any order and grouping", () => {
  const histogram = fc
    .dictionary(fc.constantFrom("1", "2", SPOILED), fc.nat({ max: 1000 }))
    .map((counts) => new Map(Object.entries(counts)));
  fc.assert(
    fc.property(histogram, histogram, histogram, (a, b, c) => {
      const sorted = (sum: ReadonlyMap<string, number>) => [...sum].sort();
      expect(sorted(sumHistograms([a, sumHistograms([b, c])]))).toEqual(
        sorted(sumHistograms([sumHistograms([c, a]), b])),
      );
    }),
  );
});

test("a law's count shows both answers, even at zero, and keeps spoiled ballots apart", () => {
  const count = countVotes(
    law(),
    new Map([
      ["oui", 3],
      [SPOILED, 1],
    ]),
  );
  expect([...count.votes]).toEqual([
    ["oui", 3],
    ["non", 0],
  ]);
  expect(count).toMatchObject({ total: 3, spoiled: 1, blank: 0, ballots: 4 });
});

test("a race's count shows who stands in the region, blank ballots apart", () => {
  const count = countVotes(
    race({ allowBlank: true }),
    new Map([
      ["2", 5],
      ["-", 2],
    ]),
    "1",
  );
  expect([...count.votes]).toEqual([
    ["1", 0],
    ["2", 5],
  ]);
  expect(count).toMatchObject({ total: 5, blank: 2, ballots: 7 });
});

test("a ranked ballot counts for its first preference", () => {
  const count = countVotes(
    rankedRace(),
    new Map([
      ["2>1", 4],
      ["1", 1],
    ]),
    "1",
  );
  expect([...count.votes]).toEqual([
    ["1", 1],
    ["2", 4],
  ]);
});

test("shares have two decimals, and nobody's votes are no percent of nothing", () => {
  expect(percentage(1, 3)).toBe(33.33);
  expect(percentage(0, 0)).toBe(0);
});

test("a tally row's key gives back the selection, spoiled ones included", () => {
  const [increment] = groupByRow("shardId-1", [
    { sequenceNumber: "1", electionId: "E1", regionId: "1", counted: SPOILED },
  ]);
  expect(countedIn(increment?.row ?? "")).toBe(SPOILED);
});
