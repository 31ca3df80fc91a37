import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import {
  advance,
  growthByMinute,
  growthByQuarter,
  NOTHING_PUBLISHED,
  type PublishedState,
  stageAt,
} from "#core/published-state.ts";
import { ballotsIn, type Tally } from "#core/results.ts";
import { countBallot, SPOILED } from "#core/selection.ts";
import { chooseRace, law, race } from "#test/definitions.ts";

const OPENS_MS = Date.parse("2026-01-01T00:00:00Z");
const CLOSES_MS = Date.parse("2026-01-02T00:00:00Z");
const NOON_MS = Date.parse("2026-01-01T12:00:00Z");
const SETTLED_MS = CLOSES_MS + 10_000;
const times = { opensAt: new Date(OPENS_MS).toISOString(), closesAt: new Date(CLOSES_MS).toISOString() };

const counts = (oui: number, non = 0): ReadonlyMap<string, Tally> =>
  new Map([
    [
      "all",
      new Map([
        ["oui", oui],
        ["non", non],
      ]),
    ],
  ]);
const ballotsOf = (state: PublishedState, region = "all"): Readonly<{ shown?: number; next?: number }> => {
  const { shown, next } = state.contests.get(region) ?? {};
  return { ...(shown && { shown: ballotsIn(shown) }), ...(next && { next: ballotsIn(next) }) };
};
/** The states of a law whose counts are read one after another. */
function statesOf(definition: ElectionDefinition, read: readonly number[], atMs = NOON_MS): readonly PublishedState[] {
  const states = [NOTHING_PUBLISHED];
  for (const ballots of read) {
    states.push(advance(definition, states.at(-1) ?? NOTHING_PUBLISHED, counts(ballots), atMs));
  }
  return states.slice(1);
}

describe("while voting is open, a count", () => {
  const definition = law({ ...times, minimumBallots: 10 });

  test("is set aside from 10 ballots on, and shown once 10 more are counted", () => {
    expect(statesOf(definition, [9, 10, 19, 20, 29, 37]).map((state) => ballotsOf(state))).toEqual([
      {},
      { next: 10 },
      { next: 10 },
      { shown: 10, next: 20 },
      { shown: 10, next: 20 },
      { shown: 20, next: 37 },
    ]);
  });

  test("where ballots mark several names grows by ballots, not by marks", () => {
    const council = chooseRace({ ...times, minimumBallots: 10 });
    const tally = new Map<string, number>();
    const cast = (ballots: number): ReadonlyMap<string, Tally> => {
      for (let ballot = 0; ballot < ballots; ballot++) countBallot(tally, ballot % 2 === 0 ? "+1+2" : "+2");
      return new Map([["1", new Map(tally)]]);
    };
    let state = NOTHING_PUBLISHED;
    const told = [9, 1, 9, 1].map((ballots) => {
      state = advance(council, state, cast(ballots), NOON_MS);
      return ballotsOf(state, "1");
    });
    expect(told).toEqual([{}, { next: 10 }, { next: 10 }, { shown: 10, next: 20 }]);
    expect(state.contests.get("1")?.shown).toEqual(new Map(Object.entries({ "1": 6, "2": 10, "+": 10 })));
  });

  test("grows by no spoiled ballots, which hide nobody's vote and which a thief can add; they are shown with the others", () => {
    const read = (oui: number, spoiled: number): ReadonlyMap<string, Tally> =>
      new Map([
        [
          "all",
          new Map([
            ["oui", oui],
            [SPOILED, spoiled],
          ]),
        ],
      ]);
    const states = [NOTHING_PUBLISHED];
    for (const [oui, spoiled] of [
      [1, 50],
      [10, 50],
      [11, 90],
      [20, 91],
    ] as const) {
      states.push(advance(definition, states.at(-1) ?? NOTHING_PUBLISHED, read(oui, spoiled), NOON_MS));
    }
    expect(states.slice(1).map((state) => ballotsOf(state))).toEqual([
      {},
      { next: 60 },
      { next: 60 },
      { shown: 60, next: 111 },
    ]);
    const closed = advance(definition, states.at(-1) ?? NOTHING_PUBLISHED, read(21, 91), SETTLED_MS);
    expect(ballotsOf(closed)).toEqual({ shown: 112 });
    const late = advance(definition, closed, read(22, 191), SETTLED_MS + 1_000);
    expect(ballotsOf(late)).toEqual({ shown: 112 });
  });

  test("that leads to nothing new leaves the state as it is", () => {
    const [before = NOTHING_PUBLISHED] = statesOf(definition, [12]);
    expect(advance(definition, before, counts(21), NOON_MS)).toBe(before);
    expect(statesOf(definition, [3])[0]).toBe(NOTHING_PUBLISHED);
  });

  test("that an older reading gives changes nothing", () => {
    const [, before = NOTHING_PUBLISHED] = statesOf(definition, [12, 25]);
    expect(advance(definition, before, counts(24), NOON_MS)).toBe(before);
  });

  test("that a recount lowers leaves what is shown, and what is shown next, until it has grown beyond them", () => {
    const states = statesOf(definition, [30, 60, 5, 44, 69, 70]);
    expect(states.map((state) => ballotsOf(state))).toEqual([
      { next: 30 },
      { shown: 30, next: 60 },
      { shown: 30, next: 60 },
      { shown: 30, next: 60 },
      { shown: 30, next: 60 },
      { shown: 60, next: 70 },
    ]);
  });

  test("of one region waits for no other", () => {
    const regions = race({ ...times, minimumBallots: 5 });
    const tallies = (first: number, second: number) =>
      new Map([
        ["1", new Map([["1", first]])],
        ["2", new Map([["3", second]])],
      ]);
    let state = advance(regions, NOTHING_PUBLISHED, tallies(5, 4), NOON_MS);
    state = advance(regions, state, tallies(10, 5), NOON_MS);
    expect([ballotsOf(state, "1"), ballotsOf(state, "2")]).toEqual([{ shown: 5, next: 10 }, { next: 5 }]);
  });
});

describe("after closing", () => {
  const definition = law({ ...times, minimumBallots: 10 });

  test("counts are shown in steps until the last ballots are in the tallies", () => {
    expect(stageAt(definition, CLOSES_MS)).toBe("in-steps");
    expect(stageAt(definition, SETTLED_MS - 1)).toBe("in-steps");
    expect(stageAt(definition, SETTLED_MS)).toBe("late");
    expect(stageAt(definition, CLOSES_MS + 20 * 60_000)).toBe("exact");
    expect(stageAt(law({ ...times, minimumBallots: 1 }), NOON_MS)).toBe("exact");
  });

  test("a later closing time keeps them in steps", () => {
    const extended = law({ ...times, closesAt: "2026-01-02T01:00:00Z", minimumBallots: 10 });
    expect(stageAt(extended, SETTLED_MS)).toBe("in-steps");
    expect(stageAt(extended, Date.parse("2026-01-02T01:00:10Z"))).toBe("late");
  });

  test("everything is shown, then what is decided late in steps", () => {
    const [open = NOTHING_PUBLISHED] = statesOf(definition, [23]);
    const closed = statesOf(definition, [24], SETTLED_MS)[0];
    expect(closed && [ballotsOf(closed), closed.isClosed]).toEqual([{ shown: 24 }, true]);
    let state = advance(definition, open, counts(25), SETTLED_MS);
    expect(ballotsOf(state)).toEqual({ shown: 25 });
    expect(advance(definition, state, counts(34), SETTLED_MS)).toBe(state);
    expect(advance(definition, state, counts(3), SETTLED_MS)).toBe(state);
    state = advance(definition, state, counts(35), SETTLED_MS);
    expect(ballotsOf(state)).toEqual({ shown: 35 });
  });

  test("a contest without ballots is shown as that", () => {
    const state = advance(definition, NOTHING_PUBLISHED, new Map(), SETTLED_MS);
    expect([...(state.contests.get("all")?.shown ?? ["withheld"])]).toEqual([]);
  });

  test("a slower clock takes nothing back", () => {
    const closed = advance(definition, NOTHING_PUBLISHED, counts(25), SETTLED_MS);
    expect(advance(definition, closed, counts(26), SETTLED_MS - 5_000)).toBe(closed);
    expect(ballotsOf(advance(definition, closed, counts(40), SETTLED_MS - 5_000))).toEqual({ shown: 40 });
  });
});

/** Ballots that arrive between two looks: which region each is for. */
const arrivals = fc.array(fc.array(fc.nat({ max: 2 }), { maxLength: 9 }), { maxLength: 60 });

test("any two counts of a contest that are shown differ by the minimum, also the first from none and the last from all", () => {
  const regions = ["1", "2", "3"];
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 2, max: 12 }), (looks, minimumBallots) => {
      const definition = race({
        ...times,
        minimumBallots,
        regions: regions.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } })),
        candidates: [{ candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: regions }],
        parties: [],
      });
      const cast = new Map(regions.map((id) => [id, 0]));
      const shown = new Map(regions.map((id) => [id, new Set<number>()]));
      let state = NOTHING_PUBLISHED;
      const look = (atMs: number): void => {
        const tallies = new Map([...cast].map(([id, ballots]) => [id, new Map([["1", ballots]])]));
        state = advance(definition, state, tallies, atMs);
        for (const id of contestRegionIds(definition)) shown.get(id)?.add(ballotsOf(state, id).shown ?? 0);
      };
      looks.forEach((arrived, index) => {
        for (const region of arrived) {
          const id = regions[region] ?? "";
          cast.set(id, (cast.get(id) ?? 0) + 1);
        }
        look(NOON_MS + index * 2_000);
      });
      look(SETTLED_MS);
      for (const [id, counts] of shown) {
        const sorted = [...counts].sort((one, other) => one - other);
        expect(sorted.at(-1)).toBe(cast.get(id));
        for (const [index, ballots] of sorted.entries()) {
          if (index === 0) expect(ballots).toBe(0);
          // A contest with fewer ballots than the minimum has no other count than that at closing.
          else
            expect(ballots - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(
              Math.min(minimumBallots, cast.get(id) ?? 0),
            );
        }
      }
    }),
  );
});

describe("how the count shown grew", () => {
  const definition = law({ ...times, minimumBallots: 2 });
  const minutes = (count: number): number => NOON_MS + count * 60_000;
  const grown = (looks: readonly (readonly [minute: number, ballots: number])[]): PublishedState =>
    looks.reduce(
      (state, [minute, ballots]) => advance(definition, state, counts(ballots), minutes(minute)),
      NOTHING_PUBLISHED,
    );

  test("is kept by the minute in which it was shown", () => {
    const { growth } = grown([
      [0, 2],
      [1, 4],
      [1.5, 8],
      [3, 9],
      [4, 10],
    ]);
    expect(growthByMinute(growth, minutes(0), 6)).toEqual([0, 4, 0, 0, 4, 0]);
    expect(growthByMinute(growth, minutes(4), 1)).toEqual([4]);
  });

  test("is a point for each quarter-hour", () => {
    const { growth } = grown([
      [0, 2],
      [1, 4],
      [14, 6],
      [15, 8],
      [44, 10],
    ]);
    expect(growthByQuarter(growth)).toEqual([
      { untilMs: minutes(15), ballots: 4 },
      { untilMs: minutes(30), ballots: 6 },
      { untilMs: minutes(45), ballots: 8 },
    ]);
  });

  test("is kept by quarter-hours when it is older than an hour, and the last hour's minutes stay right", () => {
    const everyMinute = Array.from({ length: 300 }, (_, minute) => [minute, 2 * (minute + 1)] as const);
    const { growth } = grown(everyMinute);
    expect(growth.length).toBeLessThan(300 / 15 + 80);
    expect(growthByMinute(growth, minutes(240), 60)).toEqual(new Array<number>(60).fill(2));
    expect(growthByQuarter(growth).map(({ ballots }) => ballots)).toEqual(
      Array.from({ length: 20 }, (_, quarter) => 30 * (quarter + 1) - 2),
    );
  });
});
