import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { countRanked, type RankedCount } from "#core/ranked-choice.ts";
import type { RankedBallots } from "#core/ranked-standing.ts";
import type { TieRules } from "#core/ties.ts";

/** Reference elections of RCTab and BetterVoting: ballots, and their programs' counts. */
const ReferenceCase = z.object({
  name: z.string(),
  candidates: z.array(z.string()),
  ballots: z.array(z.object({ ranking: z.array(z.string()), count: z.number() })),
  expected: z.object({
    winner: z.string(),
    rounds: z.array(z.record(z.string(), z.number())),
    eliminated: z.array(z.array(z.string())),
    threshold: z.array(z.number()).optional(),
  }),
});

const folder = new URL("../fixtures/rcv-cases/", import.meta.url);
const cases = readdirSync(folder).map((file) =>
  ReferenceCase.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8"))),
);

const drawn = (order: readonly string[]): TieRules => ({ lots: [{ order, drawn: "before-the-election" }] });

const winnerOf = ({ outcome }: RankedCount) => (outcome.kind === "elected" ? outcome.candidateId : outcome.kind);

describe("the count agrees with the reference elections, round by round", () => {
  test.each(cases)("$name", ({ candidates, ballots, expected }) => {
    // The references with a lot use the order of their candidates.
    const count = countRanked(candidates, ballots, drawn(candidates));
    expect(winnerOf(count)).toBe(expected.winner);
    expect(count.rounds.map(({ votes }) => Object.fromEntries(votes))).toEqual(expected.rounds);
    expect(count.rounds.map(({ eliminated }) => eliminated)).toEqual(expected.eliminated);
    if (expected.threshold !== undefined) {
      expect(count.rounds.map(({ threshold }) => threshold)).toEqual(expected.threshold);
    }
  });
});

describe("ties", () => {
  const tied: RankedBallots[] = [
    { ranking: ["A"], count: 3 },
    { ranking: ["B"], count: 2 },
    { ranking: ["C", "B"], count: 2 },
  ];

  test("for elimination are broken by the lot drawn before the election: the last named is eliminated", () => {
    const count = countRanked(["A", "B", "C"], tied, drawn(["C", "A", "B"]));
    expect(count.rounds[0]).toMatchObject({ eliminated: ["B"], tieBreak: { tied: ["B", "C"], by: "lot" } });
  });

  test("name the tied, and pick nobody, if no lot was drawn", () => {
    expect(countRanked(["A", "B", "C"], tied).outcome).toEqual({ kind: "tie", tied: ["B", "C"], over: "elimination" });
    const level = [
      { ranking: ["A"], count: 1 },
      { ranking: ["B"], count: 1 },
    ];
    expect(countRanked(["A", "B"], level).outcome).toEqual({ kind: "tie", tied: ["A", "B"], over: "win" });
  });

  test("are broken by the latest earlier round in which the tied differ", () => {
    const ballots: RankedBallots[] = [
      { ranking: ["A"], count: 5 },
      { ranking: ["B"], count: 4 },
      { ranking: ["C"], count: 3 },
      { ranking: ["D", "C"], count: 1 },
    ];
    const count = countRanked(["A", "B", "C", "D"], ballots);
    expect(count.rounds[1]).toMatchObject({
      eliminated: ["C"],
      tieBreak: { tied: ["B", "C"], by: "earlier-round", round: 1 },
    });
  });

  test("of three are broken by the one drawn last, however many were drawn before", () => {
    const level = ["A", "B", "C"].map((id): RankedBallots => ({ ranking: [id], count: 1 }));
    expect(countRanked(["A", "B", "C"], level, drawn(["B", "C", "A"])).rounds[0]?.eliminated).toEqual(["A"]);
  });

  test("that earlier rounds only narrow are decided by lot among those still tied", () => {
    const ballots: RankedBallots[] = [
      { ranking: ["A"], count: 9 },
      { ranking: ["B"], count: 4 },
      { ranking: ["C"], count: 3 },
      { ranking: ["D"], count: 3 },
      { ranking: ["E", "C"], count: 1 },
      { ranking: ["E", "D"], count: 1 },
    ];
    // B, C and D have 4 each in the second round; C and D had 3 in the first.
    const count = countRanked(["A", "B", "C", "D", "E"], ballots, drawn(["A", "C", "D", "B", "E"]));
    expect(count.rounds[1]).toMatchObject({ eliminated: ["D"], tieBreak: { tied: ["C", "D"], by: "lot" } });
  });

  test("for the win are broken by an earlier round too, and nothing is transferred", () => {
    const ballots: RankedBallots[] = [
      { ranking: ["A"], count: 4 },
      { ranking: ["B"], count: 3 },
      { ranking: ["C", "B"], count: 1 },
    ];
    const { rounds, outcome } = countRanked(["A", "B", "C"], ballots, drawn(["B", "A", "C"]));
    expect(outcome).toEqual({ kind: "elected", candidateId: "A" });
    expect(rounds.at(-1)).toEqual({
      number: 2,
      votes: new Map([
        ["A", 4],
        ["B", 4],
      ]),
      continuing: 8,
      exhausted: 0,
      threshold: 5,
      eliminated: [],
      transfers: new Map(),
      transfersFrom: new Map(),
      transferredToExhausted: 0,
      tieBreak: { tied: ["A", "B"], by: "earlier-round", round: 1 },
    });
  });
});

test("without ballots nobody is elected", () => {
  expect(countRanked(["A", "B"], []).outcome).toEqual({ kind: "no-ballots" });
  expect(countRanked(["A", "B"], [{ ranking: [], count: 3 }]).outcome).toEqual({ kind: "no-ballots" });
});

describe("whatever the ballots", () => {
  const CANDIDATES = ["A", "B", "C", "D", "E"];
  const ballots = fc.array(
    fc.record<RankedBallots>({
      ranking: fc.shuffledSubarray(CANDIDATES, { minLength: 0 }),
      count: fc.integer({ min: 1, max: 50 }),
    }),
    { maxLength: 40 },
  );

  test("every ballot is continuing or exhausted in every round, and a candidate's votes move only where their ballots say", () => {
    fc.assert(
      fc.property(ballots, (cast) => {
        const all = cast.reduce((sum, { count }) => sum + count, 0);
        const { rounds } = countRanked(CANDIDATES, cast, drawn(CANDIDATES));
        for (const [index, round] of rounds.entries()) {
          const votes = [...round.votes.values()].reduce((sum, count) => sum + count, 0);
          expect(votes).toBe(round.continuing);
          expect(round.continuing + round.exhausted).toBe(all);
          const next = rounds[index + 1];
          if (next === undefined) continue;
          const moved = [...round.transfers.values()].reduce((sum, count) => sum + count, 0);
          expect(moved + round.transferredToExhausted).toBe(
            round.eliminated.reduce((sum, id) => sum + (round.votes.get(id) ?? 0), 0),
          );
          expect([...round.transfersFrom.keys()]).toEqual(round.eliminated);
          for (const [id, count] of next.votes) {
            expect(count).toBe((round.votes.get(id) ?? 0) + (round.transfers.get(id) ?? 0));
          }
        }
      }),
    );
  });

  test("with a lot someone wins, by a majority of the continuing ballots or a broken tie", () => {
    fc.assert(
      fc.property(ballots, (cast) => {
        const { rounds, outcome } = countRanked(CANDIDATES, cast, drawn(CANDIDATES));
        const last = rounds.at(-1);
        if (outcome.kind !== "elected") {
          expect(outcome.kind).toBe("no-ballots");
          return;
        }
        const votes = last?.votes.get(outcome.candidateId) ?? 0;
        expect(votes >= (last?.threshold ?? 0) || last?.tieBreak !== undefined).toBe(true);
      }),
    );
  });

  test("neither the order of the ballots nor their grouping matters", () => {
    fc.assert(
      fc.property(ballots, (cast) => {
        const single = cast.flatMap(({ ranking, count }) =>
          Array.from({ length: count }, () => ({ ranking, count: 1 })),
        );
        expect(countRanked(CANDIDATES, single.toReversed(), drawn(CANDIDATES))).toEqual(
          countRanked(CANDIDATES, cast, drawn(CANDIDATES)),
        );
      }),
    );
  });
});
