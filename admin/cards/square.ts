import { encode } from "uqr";

/** The QR code of an address. */

/** Squares on each side that stay white. */
const QUIET_ZONE = 4;

type Run = Readonly<{ x: number; y: number; width: number }>;
/** The dark squares, neighbours in a row joined, and how many squares it is wide. */
export type Square = Readonly<{ runs: readonly Run[]; size: number }>;

/** Medium correction: a crease does no harm. */
export function squareFor(text: string): Square {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const runs = data.flatMap((row, y) => {
    const found: Run[] = [];
    for (let x = 0; x < size; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x] === true) x++;
      found.push({ x: from, y, width: x - from });
    }
    return found;
  });
  return { runs, size };
}

export function drawSquare(
  doc: PDFKit.PDFDocument,
  { runs, size }: Square,
  { x, y, width }: Readonly<{ x: number; y: number; width: number }>,
): void {
  const unit = width / size;
  for (const run of runs) doc.rect(x + run.x * unit, y + run.y * unit, run.width * unit, unit);
  doc.fill("#000000");
}
