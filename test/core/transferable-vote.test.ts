import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { canonicalJson } from "#core/canonical-json.ts";
import { certifiedResult } from "#core/certified-result.ts";
import type { RaceDefinition } from "#core/contest.ts";
import { envelopeBytes } from "#core/envelope.ts";
import { countRanked } from "#core/ranked-choice.ts";
import type { RankedBallots } from "#core/ranked-standing.ts";
import { countElection } from "#core/results.ts";
import { seatsOf } from "#core/seats.ts";
import type { TieRules } from "#core/ties.ts";
import { countTransferable, type TransferCount, VOTE } from "#core/transferable-vote.ts";
import { rankedResults } from "#functions/results/rounds.ts";
import { placeOf, resultSheets } from "#storage/tally-sheet.ts";
import { faultsOf, transferRace } from "#test/definitions.ts";

function asRace(definition: ReturnType<typeof transferRace>): RaceDefinition {
  if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
  return definition;
}

/** Ballots as `3 a>b, 2 c`. */
function ballotsOf(text: string): readonly RankedBallots[] {
  return text.split(", ").map((one) => {
    const [count, ranking = ""] = one.split(" ");
    return { ranking: ranking.split(">"), count: Number(count) };
  });
}

const votesIn = ({ rounds }: TransferCount, unit = VOTE) =>
  rounds.map(({ votes }) => Object.fromEntries([...votes].map(([id, count]) => [id, count / unit])));

const lot = (order: readonly string[]): TieRules => ({ lots: [{ order, drawn: "before-the-election" }] });

const Case = z.object({
  name: z.string(),
  candidates: z.array(z.string()),
  seats: z.number(),
  decimals: z.number(),
  ballots: z.array(z.object({ ranking: z.array(z.string()), count: z.number() })),
  expected: z.object({
    elected: z.array(z.array(z.string())),
    quota: z.number(),
    rounds: z.array(z.record(z.string(), z.number())),
    exhausted: z.array(z.number()),
    lost: z.array(z.number()),
  }),
});

const folder = new URL("../fixtures/stv-cases/", import.meta.url);
const cases = await Promise.all(
  (await readdir(folder)).map(async (name) => Case.parse(JSON.parse(await readFile(new URL(name, folder), "utf8")))),
);

describe("RCTab's cases with several seats come to the same figures", () => {
  test.each(cases)("$name", ({ candidates, seats, decimals, ballots, expected }) => {
    const vote = 10 ** decimals;
    const count = countTransferable(candidates, ballots, seats, lot(candidates), vote);
    expect(votesIn(count, vote)).toEqual(
      expected.rounds.map((round) =>
        Object.fromEntries(candidates.flatMap((id) => (id in round ? [[id, round[id]]] : []))),
      ),
    );
    expect(count.quota / vote).toBe(expected.quota);
    expect(count.rounds.map(({ exhausted }) => exhausted / vote)).toEqual(expected.exhausted);
    expect(count.rounds.map(({ lost }) => lost / vote)).toEqual(expected.lost);
    expect(count.rounds.map(({ elected }) => elected).filter(({ length }) => length > 0)).toEqual(expected.elected);
  });
});

describe("a count", () => {
  test("transfers a surplus in fractions of five decimals, rounded down", () => {
    // Quota 3 of 10; a has 7, so 4/7 of each of its ballots moves on: 0.57142.
    const count = countTransferable(["a", "b", "c", "d"], ballotsOf("4 a>b, 3 a, 2 c, 1 d"), 3);
    expect(count.quota).toBe(3 * VOTE);
    const [first, second] = count.rounds;
    expect(first).toMatchObject({ elected: ["a"], surplusOf: ["a"], eliminated: [] });
    expect(first?.transfersFrom.get("a")).toEqual(new Map([["b", 4 * 57_142]]));
    expect(first?.exhaustedFrom).toEqual(new Map([["a", 3 * 57_142]]));
    expect(second?.votes).toEqual(new Map(Object.entries({ a: 3 * VOTE, b: 228_568, c: 2 * VOTE, d: VOTE })));
    expect(second?.lost).toBe(4 * VOTE - 7 * 57_142);
    expect(second).toMatchObject({ eliminated: ["d"] });
    expect(count.elected).toEqual(["a", "b", "c"]);
  });

  test("elects all who are left once there are no more than seats, without the quota", () => {
    const count = countTransferable(["a", "b", "c"], ballotsOf("5 a, 1 b, 1 c"), 2, lot(["a", "b", "c"]));
    expect(count.elected).toEqual(["a", "b"]);
    expect(count.rounds.at(-1)).toMatchObject({ elected: ["b"], surplusOf: [] });
  });

  test("of nothing elects nobody", () => {
    expect(countTransferable(["a", "b"], [], 1)).toMatchObject({ rounds: [], elected: [] });
    expect(countTransferable(["a", "b"], [{ ranking: [], count: 3 }], 1).elected).toEqual([]);
  });
});

describe("a tie over an elimination", () => {
  test("is broken by an earlier round", () => {
    const count = countTransferable(["a", "b", "c", "d"], ballotsOf("6 a, 4 b, 3 c, 1 d>c"), 2);
    expect(count.rounds.at(-1)?.votes.get("b")).toBe(4 * VOTE);
    expect(count.rounds.flatMap(({ tieBreak = [] }) => tieBreak)).toEqual([
      { tied: ["b", "c"], by: "earlier-round", round: 2 },
    ]);
    expect(count.elected).toEqual(["a", "b"]);
  });

  test("is broken by a lot, one candidate at a time", () => {
    const count = countTransferable(
      ["a", "b", "c", "d"],
      ballotsOf("6 a, 2 b, 2 c, 1 d"),
      2,
      lot(["c", "d", "b", "a"]),
    );
    expect(count.rounds.flatMap(({ tieBreak = [] }) => tieBreak)).toEqual([{ tied: ["b", "c"], by: "lot" }]);
    expect(count.elected).toEqual(["a", "c"]);
  });

  test("that changes nothing is passed over, and one that matters leaves its seats open", () => {
    const harmless = countTransferable(["a", "b", "c", "d"], ballotsOf("6 a, 5 b, 1 c>b, 1 d>b"), 2);
    expect(harmless.elected).toEqual(["a", "b"]);
    const third = countTransferable(["a", "b", "c", "d"], ballotsOf("5 a, 3 b, 1 c, 1 d"), 2);
    expect(third.rounds.flatMap(({ tieBreak = [] }) => tieBreak)).toEqual([{ tied: ["c", "d"], by: "no-difference" }]);
    expect(third.elected).toEqual(["a", "b"]);
    const open = countTransferable(["a", "b", "c"], ballotsOf("5 a, 2 b, 2 c"), 2);
    expect(open).toMatchObject({ elected: ["a"], open: { tied: ["b", "c"], seats: 1 } });
  });
});

describe("for any ballots", () => {
  const IDS = ["a", "b", "c", "d", "e"];
  const anyBallots = fc.array(
    fc.record({ ranking: fc.shuffledSubarray(IDS, { minLength: 1 }), count: fc.integer({ min: 1, max: 2_000_000 }) }),
    { minLength: 1, maxLength: 12 },
  );
  const anySeats = fc.integer({ min: 1, max: 5 });

  test("no vote is made or lost but by rounding, and as many are elected as there are seats", () => {
    fc.assert(
      fc.property(anyBallots, anySeats, (ballots, seats) => {
        const { rounds, elected, quota } = countTransferable(IDS, ballots, seats, lot(IDS));
        const all = ballots.reduce((sum, { count }) => sum + count, 0) * VOTE;
        for (const round of rounds) {
          const { votes, exhausted, lost } = round;
          expect([...votes.values()].reduce((sum, count) => sum + count, exhausted + lost)).toBe(all);
          for (const figure of [...votes.values(), exhausted, lost]) expect(Number.isSafeInteger(figure)).toBe(true);
          for (const [from, moved] of round.transfersFrom) {
            const gone = [...moved.values()].reduce((sum, count) => sum + count, round.exhaustedFrom.get(from) ?? 0);
            const has = votes.get(from) ?? 0;
            expect(gone).toBeLessThanOrEqual(round.surplusOf.includes(from) ? has - quota : has);
            if (round.eliminated.includes(from)) expect(gone).toBe(has);
          }
        }
        expect(elected).toHaveLength(seats);
        expect(new Set(elected).size).toBe(seats);
        expect(rounds.flatMap((round) => round.elected)).toEqual(elected);
      }),
    );
  });

  test("other names change nothing but the names", () => {
    const renamed = (id: string): string => id.toUpperCase();
    fc.assert(
      fc.property(anyBallots, anySeats, (ballots, seats) => {
        const others = ballots.map(({ ranking, count }) => ({ ranking: ranking.map(renamed), count }));
        const { elected } = countTransferable(IDS.map(renamed), others, seats, lot(IDS.map(renamed)));
        expect(elected).toEqual(countTransferable(IDS, ballots, seats, lot(IDS)).elected.map(renamed));
      }),
    );
  });

  test("one seat goes to whoever an instant run-off elects, where no tie is broken", () => {
    fc.assert(
      fc.property(anyBallots, (ballots) => {
        const [ranked, single] = [countRanked(IDS, ballots), countTransferable(IDS, ballots, 1)];
        const isTied = [...ranked.rounds, ...single.rounds].some(({ tieBreak }) => tieBreak !== undefined);
        if (isTied || ranked.outcome.kind !== "elected" || single.open !== undefined) return;
        expect(single.elected).toEqual([ranked.outcome.candidateId]);
      }),
    );
  });
});

describe("an election by single transferable vote", () => {
  const IDS = ["a", "b", "c", "d"];
  const definition = transferRace({
    regions: [{ regionId: "1", name: { fr: "Ville", en: "City" } }],
    candidates: IDS.map((candidateId) => ({ candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] })),
    seats: 3,
    maxRankings: 4,
  });
  const tallies = new Map([["1", new Map(Object.entries({ "a>b": 4, a: 3, c: 2, d: 1, "-": 1 }))]]);

  test("has seats for each region, and its rankings are stored as those of a ranked choice", () => {
    expect(faultsOf({ ...definition, seats: 5 })).toContain("region 1 has 4 candidates for 5 seats");
    expect(resultSheets(definition)).toEqual(["1"]);
    expect(placeOf(definition, "1", "a>b")).toEqual({ sheet: "1", alone: "a>b", cell: "1#a>b" });
    expect(envelopeBytes(definition)).toBe(32 + 2 + "a>b>c>d".length + 16);
  });

  test("is certified with every round to five decimals", () => {
    const [contest] = certifiedResult(definition, tallies, 20).contests;
    expect(contest).toMatchObject({ total: 10, votes: { a: 7, b: 0, c: 2, d: 1 } });
    expect(contest?.transferred).toMatchObject({
      quota: 3,
      elected: ["a", "b", "c"],
      rounds: [
        {
          elected: ["a"],
          eliminated: [],
          transfers: { a: { b: 2.28568 } },
          transferredToExhausted: { a: 1.71426 },
        },
        { votes: { a: 3, b: 2.28568, c: 2, d: 1 }, exhausted: 1.71426, lost: 0.00006, eliminated: ["d"] },
        { elected: ["b", "c"], eliminated: [] },
      ],
    });
    expect(canonicalJson(contest)).toContain('"lost":0.00006');
  });

  test("is told to the public with the same figures, and its seats", () => {
    const count = countElection(definition, tallies).byRegion.get("1");
    if (count === undefined) return expect.fail("no such region");
    const { rounds, outcome } = rankedResults(count);
    expect(outcome).toMatchObject({ kind: "elected", elected: ["a", "b", "c"], open_seats: 0 });
    expect(rounds?.[0]).toMatchObject({
      threshold: 3,
      continuing: 10,
      elected: ["a"],
      surplus_of: ["a"],
      transfers: [
        { from: "a", candidate_id: "b", votes: 2.28568 },
        { from: "a", candidate_id: null, votes: 1.71426 },
      ],
    });
    expect(seatsOf(asRace(definition), countElection(definition, tallies).byRegion)[0]?.outcome).toEqual({
      kind: "several",
      elected: ["a", "b", "c"],
    });
  });

  test("without a ballot elects nobody", () => {
    const count = countElection(definition, new Map()).byRegion.get("1");
    expect(count && rankedResults(count).outcome).toMatchObject({ kind: "no-ballots" });
  });
});
