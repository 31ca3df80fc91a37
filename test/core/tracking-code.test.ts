import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  groupTrackingCode,
  packTrackingCode,
  TRACKING_CODE_BYTES,
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
});
