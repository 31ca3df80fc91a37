import { readFile } from "node:fs/promises";
import jsQR from "jsqr";
import { getDocumentProxy, getResolvedPDFJS } from "unpdf";
import * as z from "zod";

/** Reads the QR code on a page of a PDF as a camera would: from the black rectangles that the page draws. */

/** Pixels of a point. */
const SCALE = 4;

/** `constructPath`: what is done with the path, its commands, and what it covers. */
const Path = z.tuple([z.number(), z.array(z.custom<Float32Array | null>()), z.unknown()]);
const [MOVE_TO, LINE_TO, CURVE_TO] = [0, 1, 2];

type Rectangle = Readonly<{ left: number; top: number; right: number; bottom: number }>;

/** The corners of each closed part of a path. */
function rectanglesOf(data: Float32Array): readonly Rectangle[] {
  const parts: [number, number][][] = [];
  for (let at = 0; at < data.length; ) {
    const command = data[at++];
    const coordinates = command === MOVE_TO || command === LINE_TO ? 2 : command === CURVE_TO ? 6 : 0;
    if (command === MOVE_TO) parts.push([]);
    if (coordinates === 2) parts.at(-1)?.push([data[at] ?? 0, data[at + 1] ?? 0]);
    at += coordinates;
  }
  return parts.map((corners) => {
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  });
}

export async function readSquare(file: string, pageNumber: number): Promise<string | undefined> {
  const { OPS } = await getResolvedPDFJS();
  const document = await getDocumentProxy(new Uint8Array(await readFile(file)), { verbosity: 0 });
  const page = await document.getPage(pageNumber);
  const [, , width = 0, height = 0] = page.view.map(Math.ceil);
  const { fnArray, argsArray } = await page.getOperatorList();
  const pixels = new Uint8ClampedArray(width * SCALE * height * SCALE * 4).fill(255);
  fnArray.forEach((operation, index) => {
    if (operation !== OPS.constructPath) return;
    const [done, [data]] = Path.parse(argsArray[index]);
    // Only the square is filled without an outline.
    if (done !== OPS.fill || data === null || data === undefined) return;
    for (const { left, top, right, bottom } of rectanglesOf(data)) {
      for (let y = Math.round(top * SCALE); y < Math.round(bottom * SCALE); y++) {
        const row = y * width * SCALE;
        pixels.fill(0, (row + Math.round(left * SCALE)) * 4, (row + Math.round(right * SCALE)) * 4);
      }
    }
  });
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255;
  return jsQR.default(pixels, width * SCALE, height * SCALE)?.data;
}
