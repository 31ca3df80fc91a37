import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { squaresOf } from "#web/qr/squares.ts";
import { type ReceiptLink, readFragment, writeFragment } from "#web/receipt-link.ts";

const trackingCode = fc.stringMatching(/^[A-Z2-7]{20}$/);
const link: fc.Arbitrary<ReceiptLink> = fc.oneof(
  fc.record({ trackingCode }),
  fc.record({ trackingCode, requestId: fc.stringMatching(/^[A-Za-z0-9_-]{1,200}$/) }),
);

describe("the secret part of a link to a receipt", () => {
  test("is read back as written", () => {
    fc.assert(
      fc.property(link, (written) => {
        expect(readFragment(writeFragment(written))).toEqual(written);
      }),
    );
  });

  test.each([
    "",
    "#",
    "#content",
    "#abcdefghijklmnopqrst",
    `#${"A".repeat(19)}`,
    `#${"A".repeat(20)}.`,
    `#${"A".repeat(21)}`,
  ])("“%s” is none", (fragment) => {
    expect(readFragment(fragment)).toBeUndefined();
  });
});

test("a QR code has its three finder patterns and a white border", () => {
  const { path, size } = squaresOf(`https://vote.example/en/check/L1#${"A".repeat(20)}`);
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x},${y}`));
  const [near, far] = [4, size - 5];
  for (const corner of [`${near},${near}`, `${far},${near}`, `${near},${far}`]) expect(dark.has(corner)).toBe(true);
  const outer = [...dark].filter((square) => square.split(",").some((at) => Number(at) < near || Number(at) > far));
  expect(outer).toEqual([]);
});
