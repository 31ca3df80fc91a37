import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Kept, MARK_KEPT_MS, readKept, SEALED_KEPT_MS, writeKept } from "#web/vote/kept.ts";

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
const base64Url = fc.stringMatching(/^[A-Za-z0-9_-]{1,200}$/);
const trackingCode = fc.stringMatching(/^[A-Z2-7]{20}$/);
const kept: fc.Arbitrary<Kept> = fc.oneof(
  fc.record({
    kind: fc.constant("mark" as const),
    regionId: id,
    selection: fc.oneof(
      fc.constantFrom("oui", "non", "-"),
      fc.array(id, { minLength: 1 }).map((ids) => ids.join(">")),
    ),
  }),
  fc.record({
    kind: fc.constant("sealed" as const),
    regionId: id,
    envelope: base64Url,
    oneTimeKey: fc.record({ publicKey: base64Url, privateKey: base64Url }),
    trackingCode,
  }),
  fc.record(
    {
      kind: fc.constant("receipt" as const),
      regionId: id,
      requestId: base64Url,
      trackingCode,
      received: trackingCode,
    },
    { requiredKeys: ["kind", "regionId", "requestId", "trackingCode"] },
  ),
);
const atMs = fc.integer({ min: 0, max: 4e12 });

describe("what survives a reload", () => {
  test("is read back as it was, whether marked, sealed or received", () => {
    fc.assert(
      fc.property(kept, atMs, (what, at) => {
        expect(readKept(writeKept({ kept: what, atMs: at }), at)).toEqual({ kept: what, atMs: at });
      }),
    );
  });

  test("expires: a mark, which can be read, sooner than a sealed ballot", () => {
    fc.assert(
      fc.property(kept, atMs, (what, at) => {
        const lifeMs = what.kind === "mark" ? MARK_KEPT_MS : SEALED_KEPT_MS;
        const text = writeKept({ kept: what, atMs: at });
        expect(readKept(text, at + lifeMs - 1)).toBeDefined();
        expect(readKept(text, at + lifeMs)).toBeUndefined();
      }),
    );
    expect(MARK_KEPT_MS).toBeLessThan(SEALED_KEPT_MS);
  });

  test.each([
    "",
    "mark",
    "mark|1|1",
    "mark|soon|1|oui",
    "sealed|1|1|CODE",
    "sealed|1|1|CODE|ENVELOPE|KEY",
    "other|1|1|a|b",
  ])("“%s” is nothing", (text) => {
    expect(readKept(text, 1)).toBeUndefined();
  });
});
