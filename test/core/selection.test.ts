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

  test("each voting method writes and reads its own kind", () => {
    const written: readonly (readonly [ElectionDefinition, Selection, string])[] = [
      [law(), { kind: "choice", choice: "non" }, "non"],
      [race(), { kind: "candidate", candidateId: "2" }, "2"],
      [rankedRace(), { kind: "ranking", candidateIds: ["2", "1"] }, "2>1"],
    ];
    for (const [definition, selection, text] of written) {
      expect(writeSelection(selection)).toBe(text);
      expect(readSelection(definition, text)).toEqual(selection);
    }
  });

  test("a selection of another method does not fit a ranked contest", () => {
    expect(fits(rankedRace(), "1", { kind: "candidate", candidateId: "1" })).toBe("wrong-method");
  });

  test("the longest selection is oui or non, the longest name, or the longest names that can be ranked in one region", () => {
    const standing = [
      ["1", "1"],
      ["a-long-one", "1"],
      ["longer", "1"],
      ["the-longest-of-all", "2"],
    ].map(([candidateId, regionId]) => ({ candidateId, firstName: "A", lastName: "B", regionIds: [regionId] }));
    expect(longestSelectionBytes(law())).toBe(3);
    expect(longestSelectionBytes(race({ candidates: standing }))).toBe("the-longest-of-all".length);
    expect(longestSelectionBytes(rankedRace({ candidates: standing }))).toBe("the-longest-of-all".length);
    const three = rankedRace({ candidates: standing, maxRankings: 3 });
    expect(longestSelectionBytes(three)).toBe("a-long-one>longer>1".length);
  });
});
