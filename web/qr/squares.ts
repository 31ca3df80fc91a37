import { encode } from "uqr";

/** The dark squares of a QR code, as a path of unit squares, and how many squares it is wide. */
export type Squares = Readonly<{ path: string; size: number }>;

/** The quiet zone. */
const QUIET_ZONE = 4;

/** Draws a text as a QR code. Medium correction: a crease in a printed stub does no harm. */
export function squaresOf(text: string): Squares {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { path, size };
}
