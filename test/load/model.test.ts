import { describe, expect, test } from "vitest";
import { explore } from "#load/model/explore.ts";
import { RULES, type Rules } from "#load/model/state.ts";
import { SMALL_WORLDS } from "#load/model/worlds.ts";

/** The model of the pipeline, in every state that small worlds can reach. */

test.each(SMALL_WORLDS)(
  "whatever happens, what is counted was accepted, once, and in the end everybody is: $name",
  (world) => {
    const { states, settled, broken } = explore(world);
    expect(broken).toBeUndefined();
    expect(settled).toBeGreaterThan(50);
    expect(states).toBeGreaterThan(10_000);
  },
);

describe("the model finds what goes wrong", () => {
  const found = (without: keyof Rules) =>
    SMALL_WORLDS.map((world) => explore(world, { ...RULES, [without]: false }).broken).find(
      (broken) => broken !== undefined,
    );

  test.each([
    ["addsBehindFence", "a ballot is counted twice"],
    ["putsOnce", "a ballot is counted twice"],
    ["deletesLast", "a voter is never told"],
    ["advancesLast", "an accepted vote is lost"],
  ] as const)("without %s: %s", (without, promise) => {
    const broken = found(without);
    expect(broken?.promise).toBe(promise);
    expect(broken?.steps.length).toBeLessThan(15);
  });

  test("a batch handed over twice, and no fence, is all it takes", () => {
    const { steps = [] } = found("addsBehindFence") ?? {};
    expect(steps.filter((step) => step === "hand over 1 to 1")).toHaveLength(2);
    expect(steps.at(-1)).toBe("add to all#oui");
  });
});
