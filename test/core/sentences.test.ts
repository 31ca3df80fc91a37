import fc from "fast-check";
import { expect, test } from "vitest";
import { sentences } from "#core/sentences.ts";

test.each([
  ["8:00 p.m.", "It closes at 8:00 p.m."],
  ["noon", "It closes at noon."],
  [8, "It closes at 8."],
  ["what hour?", "It closes at what hour?"],
  ["…", "It closes at …"],
])("a sentence that ends with %s has one full stop", (value, told) => {
  expect(sentences`It closes at ${value}.`).toBe(told);
});

test("another sentence or word after the value is left as it is", () => {
  expect(sentences`At ${"8:00 p.m."}. Come, ${"Ada Jr."}, at ${"8:00 p.m."} sharp`).toBe(
    "At 8:00 p.m. Come, Ada Jr., at 8:00 p.m. sharp",
  );
});

test("no value can bring a second full stop", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(sentences`${value}.`.slice(value.length)).toBe(/[.?!…]$/.test(value) ? "" : ".");
    }),
  );
});
