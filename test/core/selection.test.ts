import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ElectionDefinition } from "#core/election.ts";
import {
  checkSelection,
  longestSelectionBytes,
  readSelection,
  type Selection,
  writeSelection,
} from "#core/selection.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

describe("selections", () => {
  const fits = (definition: ElectionDefinition, regionId: string, selection: Selection) => {
    const check = checkSelection(definition, regionId, selection);
    return check.ok ? "fits" : check.fault;
  };

  test.each<[string, ElectionDefinition, Selection, string]>([
    ["oui on a law", law(), { kind: "choice", choice: "oui" }, "fits"],
    ["a candidate on a law", law(), { kind: "candidate", candidateId: "1" }, "wrong-method"],
    ["a candidate of the region", race(), { kind: "candidate", candidateId: "2" }, "fits"],
    ["a candidate of another region", race(), { kind: "candidate", candidateId: "3" }, "unknown-candidate"],
    ["a ranking in a single choice", race(), { kind: "ranking", candidateIds: ["1"] }, "wrong-method"],
    ["a blank ballot where none is allowed", race(), { kind: "blank" }, "blank-not-allowed"],
    ["a blank ballot where allowed", race({ allowBlank: true }), { kind: "blank" }, "fits"],
    ["a full ranking", rankedRace(), { kind: "ranking", candidateIds: ["2", "1"] }, "fits"],
    ["a short ranking", rankedRace(), { kind: "ranking", candidateIds: ["2"] }, "fits"],
    ["an empty ranking", rankedRace(), { kind: "ranking", candidateIds: [] }, "no-candidate"],
    ["a repeat", rankedRace(), { kind: "ranking", candidateIds: ["1", "1"] }, "repeated-candidate"],
    [
      "a candidate who does not stand",
      rankedRace(),
      { kind: "ranking", candidateIds: ["1", "3"] },
      "unknown-candidate",
    ],
    [
      "more than may be ranked",
      rankedRace({ maxRankings: 1 }),
      { kind: "ranking", candidateIds: ["1", "2"] },
      "too-many-rankings",
    ],
  ])("%s", (_, definition, selection, verdict) => {
    expect(fits(definition, "1", selection)).toBe(verdict);
  });

  test("an answer that is neither oui nor non does not fit", () => {
    expect(fits(law(), "all", readSelection(law(), "maybe"))).toBe("unknown-choice");
  });

  test("a selection is read as written, and fits the election's fixed ballot length", () => {
    const definition = rankedRace({ allowBlank: true });
    const selection = fc.oneof(
      fc.constant<Selection>({ kind: "blank" }),
      fc
        .shuffledSubarray(["1", "2"], { minLength: 1 })
        .map((candidateIds): Selection => ({ kind: "ranking", candidateIds })),
    );
    fc.assert(
      fc.property(selection, (written) => {
        const text = writeSelection(written);
        expect(readSelection(definition, text)).toEqual(written);
        expect(text.length).toBeLessThanOrEqual(longestSelectionBytes(definition));
      }),
    );
  });
});
