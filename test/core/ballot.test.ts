import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCredentials, hashInput, normaliseCredential } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { preferredLanguage } from "#core/language.ts";
import {
  checkSelection,
  longestSelectionBytes,
  readSelection,
  type Selection,
  writeSelection,
} from "#core/selection.ts";
import { groupTrackingCode, trackingCodeOf } from "#core/tracking-code.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

describe("credentials", () => {
  test("spaces, dashes, case and full-width forms make no difference", () => {
    for (const typed of ["123456789", "123 456 789", "123-456-789", " 123–456 789 ", "１２３４５６７８９"]) {
      expect(normaliseCredential(typed)).toBe("123456789");
    }
    expect(normaliseCredential("abc-123")).toBe("ABC123");
  });

  test("normalising is idempotent", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const once = normaliseCredential(typed);
        expect(normaliseCredential(once)).toBe(once);
      }),
    );
  });

  test("invalid fields are named, and nothing that was typed is repeated", () => {
    expect(checkCredentials(law(), { nas: "12345678", code: "'; DROP TABLE" })).toEqual({
      ok: false,
      fields: ["nas", "code"],
    });
    expect(checkCredentials(law(), { nas: "123 456 789", code: "abc123" })).toEqual({
      ok: true,
      values: ["123456789", "ABC123"],
    });
  });

  test("the hash includes the election, so a voter's hash differs in each", () => {
    expect(hashInput(["123456789", "ABC123"], "L1")).toBe("123456789|ABC123|L1");
  });
});

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

describe("tracking codes", () => {
  test("are the first 20 characters of the digest's base32, shown in groups of five", () => {
    const code = trackingCodeOf(Buffer.from("00443214c74254b635cf84653a56d7c675be77df", "hex"));
    expect(code).toBe("ABCDEFGHIJKLMNOPQRST");
    expect(groupTrackingCode(code)).toBe("ABCDE FGHIJ KLMNO PQRST");
  });
});

describe("language", () => {
  test.each([
    [undefined, "en"],
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["en-CA,fr;q=0.9", "en"],
    ["de, fr;q=0.2, en;q=0.1", "fr"],
    ["fr;q=0, en", "en"],
    ["*", "en"],
  ])("Accept-Language %j is answered in %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
