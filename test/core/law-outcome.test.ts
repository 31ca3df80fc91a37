import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LawDefinition } from "#core/contest.ts";
import { hasMajority, lawOutcome, missingToMajority, missingToQuorum, shareAsNumber } from "#core/law-outcome.ts";
import { faultsOf, law } from "#test/definitions.ts";

function lawThat(asks: Record<string, unknown>): LawDefinition {
  const definition = law(asks);
  if (definition.votingMethod !== "referendum") throw new Error("a law was asked for");
  return definition;
}

const outcome = (asks: Record<string, unknown>, oui: number, non: number, { blank = 0, onRoll = 100 } = {}) =>
  lawOutcome(lawThat(asks), { oui, total: oui + non, ballots: oui + non + blank, onRoll });

const atLeast = (share: number | string) => ({ requiredMajority: { kind: "at-least", share } });
const moreThan = (share: number | string) => ({ requiredMajority: { kind: "more-than", share } });

describe("a law", () => {
  test("needs more than half of the votes unless its definition sets another majority", () => {
    expect(outcome({}, 51, 49)).toBe("adopted");
    expect(outcome({}, 50, 50)).toBe("rejected");
    expect(outcome(atLeast(0.5), 50, 50)).toBe("adopted");
    expect(outcome(moreThan(0.6), 60, 40)).toBe("rejected");
    expect(outcome(atLeast(0.6), 60, 40)).toBe("adopted");
  });

  test("that needs two thirds is decided by a single vote, without rounding", () => {
    expect(outcome(atLeast("2/3"), 2, 1)).toBe("adopted");
    expect(outcome(moreThan("2/3"), 2, 1)).toBe("rejected");
    expect(outcome(atLeast("2/3"), 6_666_666, 3_333_334)).toBe("rejected");
    expect(outcome(moreThan("2/3"), 6_666_667, 3_333_333)).toBe("adopted");
  });

  test("is not adopted without a vote for either answer", () => {
    expect(outcome({}, 0, 0)).toBe("rejected");
    expect(outcome(atLeast(0), 0, 0, { blank: 5 })).toBe("rejected");
  });

  test("needs its quorum, to which blank ballots count, though not to its majority", () => {
    expect(outcome({ quorum: 0.4 }, 39, 0)).toBe("quorum-not-reached");
    expect(outcome({ quorum: 0.4 }, 40, 0)).toBe("adopted");
    expect(outcome({ quorum: 0.4 }, 20, 10, { blank: 10 })).toBe("adopted");
    expect(outcome({ quorum: "1/3" }, 33, 0, { onRoll: 99 })).toBe("adopted");
    expect(outcome({ quorum: "1/3" }, 33, 0)).toBe("quorum-not-reached");
  });

  test("does not reach its quorum with nobody on the roll", () => {
    expect(outcome({ quorum: 0.1 }, 0, 0, { onRoll: 0 })).toBe("quorum-not-reached");
    expect(outcome({ quorum: 0.1 }, 1, 0, { onRoll: 0 })).toBe("quorum-not-reached");
  });

  test("reaches a quorum of everybody with the only voter, and none without a ballot", () => {
    expect(outcome({ quorum: 1 }, 1, 0, { onRoll: 1 })).toBe("adopted");
    expect(outcome({ quorum: 0 }, 0, 0)).toBe("quorum-not-reached");
  });

  test("reaches a fraction exactly when integer arithmetic says so", () => {
    const votes = fc.integer({ min: 0, max: 10_000_000 });
    const whole = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(votes, votes, whole, fc.nat(999), (oui, non, parts, part) => {
        fc.pre(oui + non > 0 && part <= parts);
        const reached = BigInt(oui) * BigInt(parts) >= BigInt(part) * BigInt(oui + non);
        expect(outcome(atLeast(`${part}/${parts}`), oui, non)).toBe(reached ? "adopted" : "rejected");
      }),
    );
  });
});

test("a share is a number or a fraction", () => {
  expect([0.25, "1/4", "3/3"].map(shareAsNumber)).toEqual([0.25, 0.25, 1]);
});

test.each([
  ["more than everybody", { quorum: 1.5 }],
  ["a fraction above the whole", { quorum: "4/3" }],
  ["a fraction of nothing", { requiredMajority: { kind: "at-least", share: "1/0" } }],
  ["a majority without its kind", { requiredMajority: { share: 0.5 } }],
])("a law that asks for %s is refused", (_, asks) => {
  expect(faultsOf({ ...law(), ...asks })).not.toBe("");
});

describe("what a law lacks", () => {
  const figures = (oui: number, non: number, { blank = 0, onRoll = 100 } = {}) => ({
    ...{ oui, total: oui + non, ballots: oui + non + blank, onRoll },
  });

  test("is how many of its votes would have to be yes too", () => {
    expect(missingToMajority(lawThat({}), figures(50, 50))).toBe(1);
    expect(missingToMajority(lawThat({}), figures(49, 52))).toBe(2);
    expect(missingToMajority(lawThat({}), figures(51, 50))).toBe(0);
    expect(missingToMajority(lawThat(atLeast("2/3")), figures(640, 564))).toBe(163);
    expect(missingToMajority(lawThat(atLeast(0.5)), figures(49, 51))).toBe(1);
  });

  test("is how many more ballots its quorum takes", () => {
    expect(missingToQuorum(lawThat({ quorum: 0.4 }), figures(30, 5, { blank: 2 }))).toBe(3);
    expect(missingToQuorum(lawThat({ quorum: "1/3" }), figures(33, 0))).toBe(1);
    expect(missingToQuorum(lawThat({ quorum: 0 }), figures(0, 0))).toBe(1);
    expect(missingToQuorum(lawThat({ quorum: 0.4 }), figures(41, 0))).toBe(0);
    expect(missingToQuorum(lawThat({}), figures(0, 0))).toBe(0);
    expect(missingToQuorum(lawThat({ quorum: 0.4 }), figures(0, 0, { onRoll: 0 }))).toBe(0);
  });

  test("is just enough: one vote or ballot fewer would not be", () => {
    const count = fc.integer({ min: 0, max: 10_000_000 });
    const share = fc.integer({ min: 0, max: 999 }).map((part) => `${part}/999`);
    fc.assert(
      fc.property(count, count, share, fc.constantFrom("more-than", "at-least"), (oui, non, part, kind) => {
        fc.pre(oui + non > 0);
        const definition = lawThat({ requiredMajority: { kind, share: part } });
        const now = figures(oui, non);
        const lacks = missingToMajority(definition, now);
        expect(hasMajority(definition, { ...now, oui: oui + lacks })).toBe(true);
        if (lacks > 0) expect(hasMajority(definition, { ...now, oui: oui + lacks - 1 })).toBe(false);
      }),
    );
  });
});
