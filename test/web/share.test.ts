import fc from "fast-check";
import { expect, test } from "vitest";
import { HALF, ratioOf } from "#core/percentage.ts";
import { formatBeside, formatPoints, formatShare } from "#web/share.ts";

const plain = (text: string): string => text.replaceAll(/\s/g, " ");

test("a share is written from its counts as people write it in Canada, in both languages", () => {
  const smith = { part: 1306, whole: 8976 };
  expect([formatShare("en", smith), plain(formatShare("fr", smith))]).toEqual(["14.5%", "14,5 %"]);
  expect(plain(formatShare("fr", { part: 99_999, whole: 100_000 }))).toBe("99,999 %");
  expect(formatShare("en", { part: 0, whole: 0 })).toBe("0.0%");
});

test("a threshold and the share beside it differ unless they are equal, a threshold of whole percents without decimals", () => {
  const enough = { part: 50_001, whole: 100_000 };
  expect(formatBeside("en", HALF, enough)).toEqual({ threshold: "50%", share: "50.001%" });
  expect(formatBeside("en", HALF, { part: 1, whole: 2 })).toEqual({ threshold: "50%", share: "50.0%" });
  expect(formatBeside("en", ratioOf("2/3"), { part: 667, whole: 1000 })).toEqual({
    threshold: "66.67%",
    share: "66.70%",
  });
});

test("the difference of two shares is in points, and none only where there is none", () => {
  const close = { part: 1, whole: 30_000 };
  expect([formatPoints("en", close), formatPoints("fr", close)]).toEqual(["0.003", "0,003"]);
  expect(formatPoints("en", { part: 0, whole: 3 })).toBe("0.0");
});

test("both languages write the same digits", () => {
  const counts = fc
    .integer({ min: 1, max: 40_000_000 })
    .chain((whole) => fc.record({ whole: fc.constant(whole), part: fc.integer({ min: 0, max: whole }) }));
  fc.assert(
    fc.property(counts, (ratio) => {
      const french = plain(formatShare("fr", ratio)).replace(",", ".").replace(" %", "%");
      expect(french).toBe(formatShare("en", ratio));
    }),
  );
});
