import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCredentials, hashInput, identityValues, normaliseCredential } from "#core/credential.ts";
import { law } from "#test/definitions.ts";

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

  test("a field left out does not fit", () => {
    expect(checkCredentials(law(), { nas: "123456789" })).toEqual({ ok: false, fields: ["code"] });
  });

  test("all fields but the last say who it is; the last is the secret", () => {
    expect(identityValues(["123456789", "1990", "ABC123"])).toEqual(["123456789", "1990"]);
    expect(identityValues(["ABC123"])).toEqual([]);
  });

  test("the hash includes the election, so a voter's hash differs in each", () => {
    expect(hashInput(["123456789", "ABC123"], "L1")).toBe("123456789|ABC123|L1");
  });
});
