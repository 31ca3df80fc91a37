import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  groupTrackingCode,
  packTrackingCode,
  readTrackingCode,
  TRACKING_CODE_BYTES,
  trackedBytes,
  trackingCodeOf,
  unpackTrackingCode,
} from "#core/tracking-code.ts";

describe("tracking codes", () => {
  test("are the first 20 characters of the digest's base32, shown in groups of five", () => {
    const code = trackingCodeOf(Buffer.from("00443214c74254b635cf84653a56d7c675be77df", "hex"));
    expect(code).toBe("ABCDEFGHIJKLMNOPQRST");
    expect(groupTrackingCode(code)).toBe("ABCDE FGHIJ KLMNO PQRST");
  });

  test("pack into 13 bytes and round-trip; nothing else is packed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
        const packed = packTrackingCode(trackingCodeOf(digest));
        expect(packed).toHaveLength(TRACKING_CODE_BYTES);
        expect(unpackTrackingCode(packed)).toBe(trackingCodeOf(digest));
      }),
    );
    for (const text of ["", "ABCDEFGHIJKLMNOPQRS", "ABCDEFGHIJKLMNOPQRS1", "ABCDEFGHIJKLMNOPQRSTU"]) {
      expect(() => packTrackingCode(text)).toThrow(TypeError);
    }
  });

  test("cover the one-time key, then the envelope", () => {
    expect([...trackedBytes({ oneTimeKey: Uint8Array.of(1, 2), envelope: Uint8Array.of(3) })]).toEqual([1, 2, 3]);
  });
});

const trackingCode = fc.stringMatching(/^[A-Z2-7]{20}$/);

/** The codes that a typed text is read as; none when it is no tracking code. */
function spellingsOf(typed: string): readonly string[] {
  const read = readTrackingCode(typed);
  return read.kind === "read" ? read.spellings : [];
}

describe("a tracking code as somebody types it", () => {
  test.each([" - ", ".", "·", " — ", "\u00a0", "_", ", "])(
    "is recognized in any case and grouped by “%s”",
    (separator) => {
      fc.assert(
        fc.property(trackingCode, fc.integer({ min: 1, max: 9 }), (code, size) => {
          const grouped = code.toLowerCase().replaceAll(new RegExp(`.{${size}}`, "g"), `$&${separator}`);
          expect(spellingsOf(grouped)).toEqual([code]);
        }),
      );
    },
  );

  test("is recognized with 1 for I or L, 0 for O and 8 for B", () => {
    fc.assert(
      fc.property(trackingCode, (code) => {
        const misread = code.replaceAll("O", "0").replaceAll("B", "8").replace(/[IL]/, "1").replace(/[IL]/, "1");
        expect(spellingsOf(misread)).toContain(code);
      }),
    );
  });

  test("is looked up in at most 8 spellings", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z1]{20}$/), (typed) => {
        expect(spellingsOf(typed).length).toBeLessThanOrEqual(8);
      }),
    );
  });

  test.each([
    ["", 0],
    ["ABCDE", 5],
    ["ABCDE FGHIJ KLMNO PQRS.", 19],
    ["A".repeat(21), 21],
  ])("“%s” is too short or too long: %d characters", (typed, length) => {
    expect(readTrackingCode(typed)).toEqual({ kind: "wrong-length", length });
  });

  test.each([
    ["9".repeat(20), "9"],
    ["é".repeat(20), "É"],
    ["ABCDE FGHIJ KLMNO PQR9É", "9"],
  ])("“%s” has a character that no code has: %s", (typed, character) => {
    expect(readTrackingCode(typed)).toEqual({ kind: "wrong-character", character });
  });
});
