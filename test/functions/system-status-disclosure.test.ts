import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Overview } from "#core/disclosure.ts";
import {
  KIND_NAMES,
  MINUTES_SHOWN,
  type MinuteCounts,
  type VoteCounts,
} from "#functions/runtime/measured/vote-counts.ts";
import { roundDown, sumMinutes, sumTold, tell } from "#functions/system-status/disclosure.ts";

/** While results are withheld, the status document reveals no more of an election than its turnout does. */

const minutes = fc.array(fc.nat({ max: 40 }), { minLength: MINUTES_SHOWN, maxLength: MINUTES_SHOWN });
const counts: fc.Arbitrary<MinuteCounts> = fc.record({ before: fc.nat({ max: 500 }), minutes });
const step = fc.integer({ min: 1, max: 50 });
/** Of an election shown in steps. */
const hiding = fc.integer({ min: 2, max: 50 });
const voteCounts = fc.record(
  Object.fromEntries(KIND_NAMES.map((kind) => [kind, counts])) as Record<keyof VoteCounts, typeof counts>,
);
const FROM_MS = Date.parse("2026-01-01T12:00:00Z");
const overview = (roundedTo: number, spoiled: number | undefined): Overview => ({
  embargo: spoiled === undefined ? "after-close" : null,
  turnout: { ballots: 0, onRoll: 0, votedElsewhere: 0, percentage: 0 },
  roundedTo,
  spoiled,
  growth: [
    { untilMs: FROM_MS, ballots: 5 },
    { untilMs: FROM_MS + 60_000, ballots: 12 },
  ],
});

const total = ({ before, minutes: grown }: MinuteCounts): number => grown.reduce((sum, more) => sum + more, before);

describe("rounding", () => {
  test("gives a total and its minutes in multiples of the step, the minutes being the growth of the rounded total", () => {
    fc.assert(
      fc.property(counts, step, (count, of) => {
        const told = roundDown(count, of);
        for (const figure of [told.total, ...told.minutes]) expect(figure % of).toBe(0);
        expect(told.total).toBe(Math.floor(total(count) / of) * of);
        expect(told.total).toBe(told.minutes.reduce((sum, more) => sum + more, Math.floor(count.before / of) * of));
      }),
    );
  });

  test("elections whose rounded totals are the same every minute look the same", () => {
    fc.assert(
      fc.property(counts, step, fc.nat({ max: 49 }), (count, of, shift) => {
        // Moves ballots only within their step, so that the rounded total changes in no minute.
        const room = of - 1 - (count.before % of);
        const moved = Math.min(shift, room, count.minutes[0] ?? 0);
        const other = {
          before: count.before + moved,
          minutes: count.minutes.map((more, minute) => (minute === 0 ? more - moved : more)),
        };
        expect(roundDown(other, of)).toEqual(roundDown(count, of));
      }),
    );
  });

  test("with a step of 1 everything is exact", () => {
    fc.assert(
      fc.property(counts, (count) => {
        expect(roundDown(count, 1)).toEqual({ total: total(count), minutes: count.minutes });
      }),
    );
  });
});

describe("an election", () => {
  test("whose results are shown in steps is shown in multiples of its step, and as counted only what is published", () => {
    fc.assert(
      fc.property(voteCounts, hiding, (measured, of) => {
        const { votes, minutes: told } = tell(measured, overview(of, undefined), FROM_MS);
        expect([votes.spoiled, told.spoiled]).toEqual(["withheld", "withheld"]);
        const decided = KIND_NAMES.filter((kind) => kind !== "spoiled" && kind !== "counted");
        for (const figure of decided.flatMap((kind) => [votes[kind], told[kind]]).flat()) {
          expect(Number(figure) % of).toBe(0);
        }
        expect(votes.counted).toBe(0);
        expect(told.counted).toEqual([7, ...new Array<number>(MINUTES_SHOWN - 1).fill(0)]);
      }),
    );
  });

  test("whose results are withheld shows as received only what was decided", () => {
    fc.assert(
      fc.property(voteCounts, counts, hiding, (measured, received, of) => {
        expect(tell({ ...measured, received }, overview(of, undefined), FROM_MS)).toEqual(
          tell(measured, overview(of, undefined), FROM_MS),
        );
      }),
    );
  });

  test("shows its published spoiled ballots, but not in which minute they were counted", () => {
    fc.assert(
      fc.property(voteCounts, hiding, (measured, of) => {
        const { votes, minutes: told } = tell(measured, overview(of, 2), FROM_MS);
        expect([votes.spoiled, told.spoiled]).toEqual([2, "withheld"]);
        expect(tell(measured, overview(1, 2), FROM_MS).minutes.spoiled).toEqual(measured.spoiled.minutes);
      }),
    );
  });

  test("whose tallies do not answer is not shown at all, since nothing says what may be", () => {
    fc.assert(
      fc.property(voteCounts, (measured) => {
        const { votes, minutes: told } = tell(measured, undefined, FROM_MS);
        expect(new Set([...Object.values(votes), ...Object.values(told)])).toEqual(new Set(["unreachable"]));
      }),
    );
  });

  test("is shown as the tallies have it while CloudWatch does not answer, and without a single 0", () => {
    const { votes } = tell(
      undefined,
      { ...overview(1, 3), turnout: { ballots: 7, onRoll: 10, votedElsewhere: 0, percentage: 70 } },
      FROM_MS,
    );
    expect(votes).toMatchObject({ counted: 7, spoiled: 3, received: "unreachable", accepted: "unreachable" });
  });
});

describe("sums of all votes", () => {
  test("leave out what is withheld, and are unknown when any part is", () => {
    expect(sumTold([1, "withheld", 2])).toBe(3);
    expect(sumTold(["withheld", "withheld"])).toBe("withheld");
    expect(sumTold([1, "withheld", "unreachable"])).toBe("unreachable");
    expect(sumTold([])).toBe(0);
    const hour = new Array<number>(MINUTES_SHOWN).fill(2);
    expect(sumMinutes([hour, "withheld", hour])).toEqual(hour.map((count) => 2 * count));
    expect(sumMinutes(["withheld"])).toBe("withheld");
  });
});
