import { expect, test } from "vitest";
import { asksForRegion, votingRegionId } from "#core/contest.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { law, race } from "#test/definitions.ts";

const inRegions = (...ids: readonly string[]) => {
  const definition = race();
  if (definition.votingMethod === "referendum") throw new Error("a race is no law");
  const regions = ids.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } }));
  return { ...definition, regions, candidates: definition.candidates.map((one) => ({ ...one, regionIds: [...ids] })) };
};

test("a voter is asked for the region only where there are several", () => {
  expect([law(), inRegions("1"), inRegions("1", "2")].map(asksForRegion)).toEqual([false, false, true]);
});

test.each([
  ["a law is the whole country's, whatever is given", law(), "2", WHOLE_COUNTRY],
  ["the only region needs not be given", inRegions("1"), undefined, "1"],
  ["nor can another be", inRegions("1"), "2", "1"],
  ["one of several is the one given", inRegions("1", "2"), "2", "2"],
  ["and is asked for where none is given", inRegions("1", "2"), undefined, undefined],
  ["or one that there is not", inRegions("1", "2"), "3", undefined],
])("%s", (_, definition, given, expected) => {
  expect(votingRegionId(definition, given)).toBe(expected);
});
