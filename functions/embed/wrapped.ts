/** Breaks text into lines for SVG, which has no lines of its own. */

/** Widths of Noto Sans in bold, as shares of its size; rounded up, since a line may be short but not cut. */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[iIjl.,:;'’!|]/, 0.34],
  [/[frt()\s-]/, 0.47],
  [/[mMwW%@—]/, 0.98],
  [/[A-ZÀ-Þ]/, 0.75],
  [/[\u0020-\u024f\u2000-\u206f]/, 0.63],
];
/** Of any other script. */
const WIDEST = 1.05;

const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, one) => sum + (WIDTHS.find(([characters]) => characters.test(one))?.[1] ?? WIDEST), 0) * size;

/** The beginning of a text that fits, with an ellipsis where it is not all. */
function cut(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = "";
  let left = width - widthOf("…", size);
  for (const character of text) {
    left -= widthOf(character, size);
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * A text in lines of at most this width; what does not fit into so many ends in an ellipsis.
 * @param size of the font, in the unit of the width
 */
export function wrapped(text: string, size: number, width: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  const kept = lines.slice(0, mostLines - 1);
  const rest = lines.slice(mostLines - 1).join(" ");
  return [...kept, ...(rest === "" ? [] : [rest])].map((one) => cut(one, size, width));
}
