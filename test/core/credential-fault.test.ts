import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits, normaliseCredential } from "#core/credential.ts";
import { faultOf, neededFor } from "#core/credential-fault.ts";
import type { CredentialField } from "#core/election.ts";
import { CHECKED_CODE_PATTERN, checkCharacterOf } from "#core/voting-code.ts";

const field = (pattern: string, hasCheckCharacter?: boolean): CredentialField => ({
  name: "field",
  label: { fr: "Champ", en: "Field" },
  pattern,
  inputMode: "text",
  ...(hasCheckCharacter === undefined ? {} : { hasCheckCharacter }),
});

const NAS = "[0-9]{9}";
const YEAR_FIRST = "[12][0-9]{3}[01][0-9][0-3][0-9]";
const OTHER_END = `ABCDEFGHJK${checkCharacterOf("ABCDEFGHJK") === "2" ? "3" : "2"}`;

test.each([
  [NAS, { least: 9, most: 9, of: "digits" }],
  ["[A-Z]{2}", { least: 2, most: 2, of: "letters" }],
  ["[A-Z0-9]{6,9}", { least: 6, most: 9, of: "characters" }],
  [CHECKED_CODE_PATTERN, { least: 11, most: 11, of: "characters" }],
  ["QC[0-9]{8}", { least: 10, most: 10, of: "characters" }],
  ["[A-Z]{1,2}[0-9]", { least: 2, most: 3, of: "characters" }],
  [YEAR_FIRST, { least: 8, most: 8, of: "digits" }],
  ["[0-9A-F]{32}", { least: 32, most: 32, of: "characters" }],
] as const)("a field of %s needs that many characters of that kind", (pattern, needed) => {
  expect(neededFor({ pattern })).toEqual(needed);
});

describe("what is wrong with a typed credential", () => {
  test.each([
    ["empty", NAS, "", { kind: "missing" }],
    ["only spaces and dashes", NAS, " -- ", { kind: "missing" }],
    ["digits, too few", NAS, "12", { kind: "length", typed: 2 }],
    ["digits, too many, grouped", NAS, "123 456 7890", { kind: "length", typed: 10 }],
    ["a letter among digits, too few of them", NAS, "12O", { kind: "stray", character: "O" }],
    ["a character of another script", NAS, "12345678語", { kind: "stray", character: "語" }],
    ["a code too short", "[A-Z0-9]{6}", "abc-12", { kind: "length", typed: 5 }],
    ["a code too long", "[A-Z0-9]{6,9}", "ABCDEFGHIJ", { kind: "length", typed: 10 }],
    ["a character that no code has", CHECKED_CODE_PATTERN, "ABCDEFGHJKO", { kind: "stray", character: "O" }],
    ["letters too few", "[A-Z]{3}", "AB", { kind: "length", typed: 2 }],
    ["a digit among letters", "[A-Z]{3}", "AB1", { kind: "stray", character: "1" }],
    ["a digit where letters stand", "[A-Z]{2}[0-9]{2}", "A123", { kind: "misplaced", place: 2, among: ["A-Z"] }],
    ["another prefix", "QC[0-9]{3}", "CQ123", { kind: "misplaced", place: 1, among: ["Q"] }],
    ["a date with the day first", YEAR_FIRST, "31121980", { kind: "misplaced", place: 1, among: ["1", "2"] }],
    [
      "a date with a thirteenth month's ten",
      YEAR_FIRST,
      "19802101",
      { kind: "misplaced", place: 5, among: ["0", "1"] },
    ],
    ["a digit that lacks at the end", "[A-Z]{1,3}[0-9]{1,2}", "ABC", { kind: "misplaced", place: 4, among: ["0-9"] }],
    ["either may stand there", "[A-Z]{1,2}[0-9]Z", "A+ZZ", { kind: "misplaced", place: 3, among: ["0-9"] }],
    ["a slip in a code that checks itself", CHECKED_CODE_PATTERN, OTHER_END, { kind: "mistyped" }],
  ] as const)("is named: %s", (_, pattern, typed, fault) => {
    expect(fits(field(pattern, pattern === CHECKED_CODE_PATTERN), normaliseCredential(typed))).toBe(false);
    expect(faultOf({ pattern }, normaliseCredential(typed))).toEqual(fault);
  });

  test("is in its form exactly where the pattern refuses it", () => {
    const part = fc.oneof(fc.constantFrom("A", "7", "[0-9]", "[A-Z]", "[A-C1-3]", "[A-Z0-9]"));
    const count = fc.oneof(
      fc.constant(""),
      fc.integer({ min: 1, max: 3 }).map((n) => `{${n}}`),
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })).map(([n, more]) => `{${n},${n + more}}`),
    );
    const pattern = fc
      .array(fc.tuple(part, count), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([what, often]) => what + often).join(""));
    const typed = fc.string({ unit: fc.constantFrom(..."A7BZ19-") });
    fc.assert(
      fc.property(pattern, typed, (rule, text) => {
        const value = normaliseCredential(text);
        // Only its check character can be wrong in a value of the right form.
        expect(faultOf({ pattern: rule }, value).kind === "mistyped").toBe(value !== "" && fits(field(rule), value));
      }),
      { numRuns: 2_000 },
    );
  });
});
