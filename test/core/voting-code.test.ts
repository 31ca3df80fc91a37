import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCredentials } from "#core/credential.ts";
import { ElectionDefinition } from "#core/election.ts";
import { CODE_ALPHABET, checkCharacterOf, isCheckedCode } from "#core/voting-code.ts";
import { law } from "#test/definitions.ts";

const character = fc.constantFrom(...CODE_ALPHABET);
const code = fc
  .array(character, { minLength: 10, maxLength: 10 })
  .map((characters) => characters.join(""))
  .map((random) => random + checkCharacterOf(random));

describe("a voting code", () => {
  const { credentialFields: _, ...without } = law();
  const definition = ElectionDefinition.parse(without);
  const read = (typed: string) => checkCredentials(definition, { nas: "123456789", code: typed });

  test("has no character that is taken for another", () => {
    expect(CODE_ALPHABET).toMatch(/^[^01ILOUV]{29}$/);
  });

  test("with one wrong character, or any two exchanged, does not fit, and so is no guess", () => {
    fc.assert(
      fc.property(code, fc.nat(10), fc.nat(10), character, (right, one, other, wrong) => {
        const characters = [...right];
        expect(isCheckedCode(characters.with(one, wrong).join(""))).toBe(wrong === right[one]);
        const exchanged = characters
          .with(one, right[other] ?? "")
          .with(other, right[one] ?? "")
          .join("");
        expect(isCheckedCode(exchanged)).toBe(exchanged === right);
      }),
    );
  });

  test("is what a definition asks for unless it says otherwise, in any case and grouping", () => {
    fc.assert(
      fc.property(code, (right) => {
        const expected = { ok: true, values: ["123456789", right] };
        const grouped = `${right.slice(0, 5)}-${right.slice(5, 10)}.${right.slice(10)}`;
        for (const typed of [right, right.toLowerCase(), ` ${grouped} `, [...right].join("/")]) {
          expect(read(typed)).toEqual(expected);
        }
      }),
    );
    for (const typed of ["", "ABC123", "2222222222", "22222222223", "2222222222O"]) expect(read(typed).ok).toBe(false);
  });

  test("of six characters works where a definition says so", () => {
    expect(checkCredentials(law(), { nas: "123456789", code: "abc 123" })).toEqual({
      ok: true,
      values: ["123456789", "ABC123"],
    });
  });
});
