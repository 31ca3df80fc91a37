import { CARD_CODE_PATTERN } from "#core/voting-code.ts";

/**
 * What a definition must say where trustees hold the key of its election (`trust: "trustees"`). No cryptography is imported here: every
 * function and the site read definitions, of which most know nothing of trustees.
 */

/** What a voter sends of a ballot, encrypted and proved (see ballot.ts). */
export const BALLOT_BYTES = 128;
/** A ballot is 32 bytes: a counter of two, the number of choices, one for each, and a last one that is zero (see plaintext.ts). */
export const MOST_CHOICES = 28;
/** A choice is one byte: the candidate's place in its region. */
export const MOST_CANDIDATES = 255;

type Field = Readonly<{ pattern: string; hasCheckCharacter?: boolean | undefined; identity?: boolean | undefined }>;
type Level = Readonly<{
  results: string;
  verification: string;
  paper?: string | undefined;
  identity?: unknown;
  credentialFields: readonly Field[];
  maxRankings?: number;
  maxChoices?: number | "all";
}>;

/** A field of a definition, and the rule that it breaks. */
export type LevelFault = Readonly<{ field: string; rule: string }>;

const WHERE = "where trust is trustees";

/** Whether voters type the number on their card, and the code that makes their key. */
function isCard([number, code, ...more]: readonly Field[]): boolean {
  const isCode = code?.pattern === CARD_CODE_PATTERN && code.hasCheckCharacter === true && code.identity !== true;
  return number?.identity === true && isCode && more.length === 0;
}

function* faultsOfRegions(definition: Level, standing: ReadonlyMap<string, number>): Iterable<LevelFault> {
  const { maxRankings, maxChoices } = definition;
  const field = maxRankings === undefined ? "maxChoices" : "maxRankings";
  const most = maxRankings ?? maxChoices ?? 1;
  for (const [regionId, candidates] of standing) {
    if (candidates > MOST_CANDIDATES) {
      const rule = `region ${regionId} has ${candidates} candidates, at most ${MOST_CANDIDATES} ${WHERE}`;
      yield { field: "regions", rule };
    }
    const named = most === "all" ? candidates : Math.min(most, candidates);
    if (named > MOST_CHOICES) {
      const rule = `a ballot of region ${regionId} could name ${named} candidates, at most ${MOST_CHOICES} ${WHERE}`;
      yield { field, rule };
    }
  }
}

/** What a definition at this level has that it cannot have. @param standing by region, how many candidates stand; none for a law */
export function levelFaults(definition: Level, standing: ReadonlyMap<string, number>): readonly LevelFault[] {
  const { results, verification, paper, identity, credentialFields } = definition;
  const faults: LevelFault[] = [];
  const refuse = (field: string, rule: string): number => faults.push({ field, rule: `${rule} ${WHERE}` });
  if (results !== "after_close") refuse("results", "must be after_close");
  if (verification !== "public") refuse("verification", "must be public");
  if (paper !== undefined) refuse("paper", "has no place");
  if (identity !== undefined) refuse("identity", "has no place");
  else if (!isCard(credentialFields)) {
    const rule = `must be the number on the card, with identity: true, and its code, with pattern ${CARD_CODE_PATTERN} and hasCheckCharacter: true,`;
    refuse("credentialFields", rule);
  }
  return [...faults, ...faultsOfRegions(definition, standing)];
}
