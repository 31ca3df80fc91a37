import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase32, fromBase64Url, toBase32, toBase64Url } from "#core/bytes.ts";

describe("bytes", () => {
  test("base64url round-trips, and agrees with Node's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  test("base64url is canonical: padding, stray bits and other alphabets are refused", () => {
    for (const text of ["AA==", "AB", "A", "A+B/", "é", "AAA A"]) expect(fromBase64Url(text)).toBeUndefined();
  });

  // RFC 4648 §10, test vectors.
  test.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("base32 of %j is %j, as RFC 4648 says", (plain, base32) => {
    expect(toBase32(new TextEncoder().encode(plain))).toBe(base32);
    // The rest of the last byte is 0.
    expect(fromBase32(base32)?.subarray(0, plain.length)).toEqual(new Uint8Array(Buffer.from(plain)));
  });

  test("base32 round-trips, and other characters are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const back = fromBase32(toBase32(bytes)) ?? new Uint8Array();
        expect(back.subarray(0, bytes.length)).toEqual(bytes);
        expect(back.subarray(bytes.length).every((rest) => rest === 0)).toBe(true);
      }),
    );
    for (const text of ["a", "1", "AB8", "é", " "]) expect(fromBase32(text)).toBeUndefined();
  });
});
