import { canonicalJson } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";

/**
 * What voters are asked: the definition in canonical JSON, without what may change after trustees have agreed on it. Its SHA-256 is
 * the ballot digest (ballot-digest.ts), bound into each ballot, so that all voters of an election answer the same question, of the same candidates in the same order.
 *
 * Left out are the times; what officers record (cancellation, withdrawals, lots, corrections, of which the first text stands); and the texts
 * beside the question that may be corrected and are kept apart in the tables (summary, contact, biographies).
 */

const MAY_CHANGE = [
  "$schema",
  "opensAt",
  "closesAt",
  "summary",
  "contact",
  "cancelled",
  "corrections",
  "lots",
  "biographies",
];
const MAY_CHANGE_OF_CANDIDATE = ["bio", "withdrawnAt"];

const without = (fields: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The texts that were corrected, by place, as they stood first. */
function firstTexts({ corrections = [] }: ElectionDefinition): ReadonlyMap<string, unknown> {
  return new Map(corrections.toReversed().map(({ of, from }) => [of, from]));
}

/** One of a list's items, with the texts that it had first. */
function asAsked(list: string, id: string, item: object, texts: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(item).map(([name, value]) => {
    const place = `${list}.${id}.${name}`;
    return [name, texts.has(place) ? texts.get(place) : value];
  });
  return without(Object.fromEntries(fields), MAY_CHANGE_OF_CANDIDATE);
}

/** The canonical JSON that is hashed. */
export function askedDefinition(definition: ElectionDefinition): string {
  const asked = without(definition, MAY_CHANGE);
  if (definition.votingMethod === "referendum") return canonicalJson(asked);
  const texts = firstTexts(definition);
  return canonicalJson({
    ...asked,
    parties: definition.parties.map((party) => asAsked("parties", party.partyId, party, texts)),
    candidates: definition.candidates.map((candidate) =>
      asAsked("candidates", candidate.candidateId, candidate, texts),
    ),
  });
}
