import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkCredentials,
  hashInput,
  identityAmong,
  normaliseCredential,
  rollIdentity,
  secretsAmong,
  withCode,
} from "#core/credential.ts";
import { CODE_ALPHABET } from "#core/voting-code.ts";
import { faultsOf, law } from "#test/definitions.ts";

/** What was accepted before punctuation, accents and other scripts were folded; old rolls were hashed from it. */
function earlierForm(typed: string): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[\s\p{Pd}]/gu, "")
    .toUpperCase();
}

const DIGITS = "0123456789";
const numberingSystems = Intl.supportedValuesOf("numberingSystem").flatMap((numberingSystem) => {
  const format = new Intl.NumberFormat("en", { numberingSystem, useGrouping: false });
  const digits = [...DIGITS].map((digit) => format.format(Number(digit)));
  // Some count with letters.
  return digits.every((digit) => /^\p{Nd}$/u.test(digit)) ? [[numberingSystem, digits] as const] : [];
});

/** Everything that is pasted with a credential and is no part of it. */
const noise = fc.oneof(
  fc.constantFrom(
    ..."\u00AD\u200B\u200C\u200D\u200E\u200F\u202A\u202C\u202E\u2060\u2066\u2069\uFEFF\u061C\u180E\uFE0F\u034F",
  ),
  fc.constantFrom(
    ..." \t\u00A0\u2009\u202F\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u02D7\u30A0\uFF0D\u301C._/·'’",
  ),
  fc
    .integer({ min: 0, max: 0x10ffff })
    .map((code) => (/\p{Cf}/u.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : "\u200B")),
);

describe("credentials", () => {
  test("spaces, dashes, case and full-width forms make no difference", () => {
    for (const typed of ["123456789", "123 456 789", "123-456-789", " 123–456 789 ", "１２３４５６７８９"]) {
      expect(normaliseCredential(typed)).toBe("123456789");
    }
    expect(normaliseCredential("abc-123")).toBe("ABC123");
  });

  test("normalising is idempotent", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (typed) => {
        const once = normaliseCredential(typed);
        expect(normaliseCredential(once)).toBe(once);
      }),
    );
  });

  test.each(numberingSystems)("digits of the numbering system %s are 0 to 9", (_, digits) => {
    expect(normaliseCredential(digits.join(""))).toBe(DIGITS);
    expect(normaliseCredential(digits.toReversed().join(" "))).toBe([...DIGITS].reverse().join(""));
  });

  test("in every script the ten digits follow one another", () => {
    const isDigit = Array.from({ length: 0x110000 }, (_, code) => /\p{Nd}/u.test(String.fromCodePoint(code)));
    const starts = isDigit.flatMap((is, code) => (is && isDigit[code - 1] !== true ? [code] : []));
    for (const start of starts)
      expect(isDigit.indexOf(false, start)).toSatisfy((end: number) => (end - start) % 10 === 0);
  });

  test("what is pasted around and between its characters makes no difference, in any width or case", () => {
    const character = fc.constantFrom(...CODE_ALPHABET);
    const written = fc.tuple(character, noise, noise, fc.constantFrom("as it is", "full width", "small"));
    const spell = (one: string, form: string): string => {
      if (form === "full width") return String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0);
      return form === "small" ? one.toLowerCase() : one;
    };
    fc.assert(
      fc.property(fc.array(written, { maxLength: 12 }), (pieces) => {
        const pasted = pieces.map(([one, before, after, form]) => `${before}${spell(one, form)}${after}`).join("");
        expect(normaliseCredential(pasted)).toBe(pieces.map(([one]) => one).join(""));
      }),
    );
  });

  test("whoever is on a roll that was hashed before is still found", () => {
    const accepted = /^[A-Z0-9]*$/;
    const likely = fc
      .array(fc.oneof(fc.constantFrom(...CODE_ALPHABET.toLowerCase(), "ı", "ß", "ﬁ", "Å", "²"), noise))
      .map((all) => all.join(""));
    const everyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => `A${String.fromCodePoint(code)}1`);
    fc.assert(
      fc.property(fc.oneof(likely, everyCharacter, fc.string({ unit: "binary" })), (typed) => {
        const before = earlierForm(typed);
        if (accepted.test(before)) expect(normaliseCredential(typed)).toBe(before);
      }),
      { numRuns: 1_000 },
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

  test("a field left out does not fit", () => {
    expect(checkCredentials(law(), { nas: "123456789" })).toEqual({ ok: false, fields: ["code"] });
  });

  test("all fields but the last say who it is; the last is the secret", () => {
    expect(identityAmong([{}, {}, {}], ["123456789", "1990", "ABC123"])).toEqual(["123456789", "1990"]);
    expect(identityAmong([{}], ["ABC123"])).toEqual([]);
    expect(rollIdentity([{}], ["ABC123"])).toEqual(["ABC123"]);
  });

  test("fields that are marked say who it is, in any place, and the others are secret", () => {
    const fields = [{}, { identity: true }, { identity: true }];
    const values = ["ABC123", "123456789", "1990"];
    expect([identityAmong(fields, values), rollIdentity(fields, values)]).toEqual([
      ["123456789", "1990"],
      ["123456789", "1990"],
    ]);
    expect(secretsAmong(fields, values)).toEqual(["ABC123"]);
    expect(withCode(fields, ["123456789", "1990"], "XYZ789")).toEqual(["XYZ789", "123456789", "1990"]);
    expect(withCode([{}, {}], ["123456789"], "XYZ789")).toEqual(["123456789", "XYZ789"]);
    expect(withCode([{}], ["ABC123"], "XYZ789")).toEqual(["XYZ789"]);
  });

  test("a definition whose credentials all say who somebody is has no secret, and is refused", () => {
    const fields = law().credentialFields.map((field) => ({ ...field, identity: true }));
    expect(faultsOf({ ...law(), credentialFields: fields })).toContain("at least one credential is secret");
  });

  test("the hash includes the election, so a voter's hash differs in each", () => {
    expect(hashInput(["123456789", "ABC123"], "L1")).toBe("123456789|ABC123|L1");
  });
});
