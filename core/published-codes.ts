/** Lists of the tracking codes in a published box, one for each beginning of a code. */

/** A list of tracking codes stays below this many, where the beginnings of codes are at most two characters. */
const CODES_IN_A_FILE = 4096;
const LETTERS = 32;
const LONGEST_BEGINNING = 2;

/**
 * How many characters of a tracking code name its list: whoever looks a code up asks for a list with many, and so tells nobody which
 * code it was.
 */
export function codeBeginningOf(ballots: number): number {
  let length = 0;
  while (length < LONGEST_BEGINNING && ballots > CODES_IN_A_FILE * LETTERS ** length) length++;
  return length;
}

/** The list, beside a published bundle, of the tracking codes that begin like this one. */
export const codesFileOf = (trackingCode: string, codeBeginning: number): string =>
  `codes/${codeBeginning === 0 ? "all" : trackingCode.slice(0, codeBeginning)}.txt`;

/** After a code in its list, where the ballot was set aside. */
const SET_ASIDE = " set-aside";

export const codeLine = (trackingCode: string, isSetAside: boolean): string =>
  `${trackingCode}${isSetAside ? SET_ASIDE : ""}\n`;

/** What a list says of a code; undefined when the code is not in it. */
export function codeIn(list: string, trackingCode: string): "in-the-box" | "set-aside" | undefined {
  const line = list.split("\n").find((one) => one === trackingCode || one === `${trackingCode}${SET_ASIDE}`);
  if (line === undefined) return undefined;
  return line === trackingCode ? "in-the-box" : "set-aside";
}
