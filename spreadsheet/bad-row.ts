import type { BilingualText } from "#core/election.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";

/** The faults of a row as one sentence in each language, without a full stop. */
export const badRow = (line: number, faults: readonly BilingualText[], separator = ", "): BadRow => ({
  line,
  problem: {
    en: faults.map(({ en }) => en).join(separator),
    fr: faults.map(({ fr }) => fr).join(separator),
  },
});
