import { decodePoint, encodePoint, type Point } from "#core/trustees/group.ts";

/** A point that is computed with and hashed: to encode it takes as long as thirty sums, so it is done once. */
export type EncodedPoint = Readonly<{ point: Point; bytes: Uint8Array }>;

export const encoded = (point: Point): EncodedPoint => ({ point, bytes: encodePoint(point) });

/** Reads an element that is not neutral. Undefined for any other bytes. */
export function readEncoded(bytes: Uint8Array): EncodedPoint | undefined {
  const point = decodePoint(bytes);
  return point && { point, bytes };
}
