import { normaliseCredential } from "#core/credential.ts";
import type { BilingualText } from "#core/election.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";

/** Rows of a sheet of candidates that can be taken, but may be slips. */

const NO_LAST_NAME: BilingualText = { en: "there is no last name", fr: "il n’y a pas de nom de famille" };
const FORMULA: BilingualText = {
  en: "the party’s name begins as a formula does",
  fr: "le nom du parti commence comme une formule",
};
const sameAs = (line: number): BilingualText => ({
  en: `the name is that of line ${line}, in the same region`,
  fr: `le nom est celui de la ligne ${line}, dans la même région`,
});
const likeRegion = (line: number): BilingualText => ({
  en: `the region differs from that of line ${line} by a zero only, and is taken for another`,
  fr: `la région ne diffère de celle de la ligne ${line} que par un zéro, et passe pour une autre`,
});

/** What is looked at of a candidate (spreadsheet/candidates.ts). */
type Listed = Readonly<{
  line: number;
  firstName: string;
  lastName: string;
  party: BilingualText | undefined;
  regions: readonly string[];
}>;

export function doubtsOf(candidates: readonly Listed[]): readonly BadRow[] {
  const names = new Map<string, number>();
  const regions = new Map<string, Readonly<{ written: string; line: number }>>();
  return candidates.flatMap(({ line, firstName, lastName, party, regions: standsIn }) => {
    const doubts: BilingualText[] = [];
    if (lastName === "") doubts.push(NO_LAST_NAME);
    if (party !== undefined && /^[=+@-]/.test(party.en)) doubts.push(FORMULA);
    const name = normaliseCredential(`${firstName} ${lastName}`);
    // Where the sheet has no regions, everybody stands in one.
    for (const region of standsIn.length === 0 ? [""] : standsIn) {
      const number = normaliseCredential(region).replace(/^0+(?=\d)/, "");
      const known = regions.get(number);
      if (known === undefined) regions.set(number, { written: region, line });
      else if (normaliseCredential(known.written) !== normaliseCredential(region)) doubts.push(likeRegion(known.line));
      const earlier = names.get(`${number}|${name}`);
      if (earlier === undefined) names.set(`${number}|${name}`, line);
      else doubts.push(sameAs(earlier));
    }
    return doubts.map((problem) => ({ line, problem }));
  });
}
