import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { readJsonBody } from "#functions/runtime/json-body.ts";

const MOST_BYTES = 1_000;
const read = (body: string | undefined, isBase64Encoded = false) =>
  readJsonBody(
    { headers: { "content-type": "application/json" }, body, isBase64Encoded } as unknown as HttpEvent,
    MOST_BYTES,
  );
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString("base64");
const TOO_LARGE = { ok: false, slug: "body-too-large" };
const MALFORMED = { ok: false, slug: "malformed-json" };

describe("the body of a request", () => {
  test("is the JSON that was sent, in text or in base64", () => {
    const flat = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())), { maxKeys: 5 });
    fc.assert(
      fc.property(flat, (value) => {
        const text = JSON.stringify(value);
        fc.pre(Buffer.byteLength(text) <= MOST_BYTES);
        // Parsed, not cloned: __proto__ is a field like any other.
        expect(read(text)).toEqual({ ok: true, body: JSON.parse(text) });
        expect(read(base64(text), true)).toEqual({ ok: true, body: JSON.parse(text) });
      }),
      { numRuns: 1_000, examples: [[{ choices: ["", ":", ":"] }]] },
    );
  });

  test("never makes reading throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.boolean(), (text, encoded) => {
        expect(typeof read(text, encoded).ok).toBe("boolean");
      }),
    );
  });

  test.each([
    ["is missing", undefined, false],
    ["is empty", "", false],
    ["breaks off", '{"nas": "1', false],
    ["nests a thousand lists", "[".repeat(450) + "]".repeat(450), false],
    ["nests objects", `${'{"a":'.repeat(100)}1${"}".repeat(100)}`, false],
    ["names a field twice", '{"vote":"oui","vote":"non"}', false],
    ["names a field twice in two spellings", '{"vote":"oui","\\u0076ote":"non"}', false],
    ["is a form", "nas=123456789&code=ABC123", false],
    ["is not UTF-8", base64(Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d)), true],
    ["is a NaN", "NaN", false],
    ["is followed by more", "{}{}", false],
  ])("is refused when it %s", (_, body, encoded) => {
    expect(read(body, encoded)).toEqual(MALFORMED);
  });

  test("is refused by its size in bytes, not characters, before it is parsed", () => {
    expect(read(`"${"x".repeat(MOST_BYTES - 2)}"`).ok).toBe(true);
    expect(read(`"${"x".repeat(MOST_BYTES - 1)}"`)).toEqual(TOO_LARGE);
    expect(read(`"${"é".repeat(MOST_BYTES / 2)}"`)).toEqual(TOO_LARGE);
    expect(read(base64("[".repeat(MOST_BYTES + 1)), true)).toEqual(TOO_LARGE);
  });

  test.each([
    undefined,
    "",
    "text/plain",
    "text/plain; application/json",
    "text/plain;charset=application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
    "application/jsonp",
    "application/json, text/plain",
    "text/plain, application/json",
  ])("is refused as %s, which any web page can make its visitors send", (type) => {
    const event = { headers: { "content-type": type }, body: "{}", isBase64Encoded: false };
    expect(readJsonBody(event as unknown as HttpEvent, MOST_BYTES)).toEqual({ ok: false, slug: "not-json" });
  });

  test.each(["application/json", "Application/JSON; charset=utf-8", " application/json ;x=y"])(
    "is read as %s",
    (type) => {
      const event = { headers: { "content-type": type }, body: "{}", isBase64Encoded: false };
      expect(readJsonBody(event as unknown as HttpEvent, MOST_BYTES)).toEqual({ ok: true, body: {} });
    },
  );

  test("may hold a word that looks like a field", () => {
    expect(read('{"a":"\\"a\\": [[[[[","b":"{{{{"}')).toEqual({ ok: true, body: { a: '"a": [[[[[', b: "{{{{" } });
  });

  test("may name a field again in another object", () => {
    const lists = { a: [{ b: 1 }, { b: 2 }] };
    expect(read(JSON.stringify(lists))).toEqual({ ok: true, body: lists });
  });

  test.each([
    ["escaped quotes", '"\\"'],
    ["strings that stand side by side", '"" '],
    ["names that are white space apart from their colon", `"a"${" ".repeat(1_000)}`],
  ])("of many %s takes no longer than it is long", (_, piece) => {
    const BYTES = 512 * 1024;
    const body = `"${piece.repeat(BYTES / piece.length)}`;
    const event = { headers: { "content-type": "application/json" }, body, isBase64Encoded: false };
    const startedMs = performance.now();
    expect(readJsonBody(event as unknown as HttpEvent, 2 * BYTES)).toEqual(MALFORMED);
    // The square of its length would take a minute.
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  test("with a field named __proto__ changes no other object", () => {
    const answer = read('{"__proto__":{"admin":true}}');
    expect(answer.ok && Object.hasOwn(answer.body as object, "__proto__")).toBe(true);
    expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
  });
});
