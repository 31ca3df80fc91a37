import { expect, test } from "vitest";
import { countActs, describeAct } from "#admin/shared/act.ts";

test("acts are counted as they are recorded, with those that were signed, and nothing else is", () => {
  const source = { name: "people, and others.csv", sha256: "0".repeat(64) };
  const recorded = [
    "registered",
    describeAct("letters made", 1_234, source, undefined),
    describeAct("roll import", 1_234_567, source, "first"),
    `${describeAct("roll import", 1, source, "a list: 9 people were late")}; roll stated again, 5 voters`,
    describeAct("roll voted-elsewhere", 2, undefined, undefined),
    "roll stated again, 1,001 voters",
    "closing extended from a to b, reason: roll import: 7 people",
  ];
  expect(countActs(recorded)).toEqual({
    "letters made": { acts: 1, people: 1_234 },
    "roll import": { acts: 2, people: 1_234_568 },
    "roll voted-elsewhere": { acts: 1, people: 2 },
  });
});
