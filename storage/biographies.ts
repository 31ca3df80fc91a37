import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { candidatesIn, type RaceDefinition } from "#core/contest.ts";
import { correctedBiographies } from "#core/corrections.ts";
import { BilingualText, type ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { sha256Hex } from "#storage/definition-parts.ts";

/**
 * Long biographies, kept apart from the definition that functions decide and count by. Those of a region are one text, canonical
 * JSON; the definition names it by its SHA-256, so whatever fixes the definition fixes the biographies.
 */

/** Biographies with more characters together than this are kept apart. */
const MOST_CHARACTERS_WITHIN = 100_000;

/** The biographies of a region's candidates, by candidate. */
export const Biographies = z.record(z.string(), BilingualText);
export type Biographies = Readonly<z.infer<typeof Biographies>>;

/** Whether a definition holds more biographies than it is read with. */
export function hasLongBiographies(definition: ElectionDefinition): boolean {
  if (definition.votingMethod === "referendum") return false;
  const characters = definition.candidates.reduce((sum, { bio }) => sum + (bio ? bio.fr.length + bio.en.length : 0), 0);
  return characters > MOST_CHARACTERS_WITHIN;
}

/** A definition with neither biographies nor what names them. */
export function withoutBiographies({ biographies: _, ...definition }: RaceDefinition): RaceDefinition {
  return { ...definition, candidates: definition.candidates.map(({ bio: _, ...candidate }) => candidate) };
}

function biographiesIn(definition: RaceDefinition, regionId: string): Biographies {
  const standing = candidatesIn(definition, regionId);
  return Object.fromEntries(
    standing.flatMap(({ candidateId, bio }) => (bio === undefined ? [] : [[candidateId, bio]])),
  );
}

export type Apart = Readonly<{
  /** As functions read it. */
  definition: ElectionDefinition;
  /** The biographies that it names by their SHA-256, once each; none where they are short. */
  texts: readonly string[];
}>;

/** A definition as it is registered: without its biographies where they are long. */
export const keepApart = onceEach((definition: ElectionDefinition): Apart => {
  if (definition.votingMethod === "referendum" || !hasLongBiographies(definition)) return { definition, texts: [] };
  // What stands in it beside those kept apart was corrected.
  if (definition.biographies !== undefined) return { definition, texts: [] };
  const texts: string[] = [];
  const biographies: Record<string, string> = {};
  /** Regions with the same candidates share a text. */
  const known = new Map<string, string>();
  for (const { regionId } of definition.regions) {
    const inRegion = biographiesIn(definition, regionId);
    const candidateIds = Object.keys(inRegion).join();
    if (candidateIds === "") continue;
    const text = known.has(candidateIds) ? undefined : canonicalJson(inRegion);
    if (text !== undefined) {
      texts.push(text);
      known.set(candidateIds, sha256Hex(text));
    }
    biographies[regionId] = known.get(candidateIds) ?? "";
  }
  return { definition: { ...withoutBiographies(definition), biographies }, texts };
});

/** A text of biographies with those that were fixed in the place of what officers made of them. */
function asFixed(text: string, corrected: ReturnType<typeof correctedBiographies>): string {
  const biographies = new Map(Object.entries(Biographies.parse(JSON.parse(text))));
  for (const [candidateId, [fixed, ...later]] of corrected) {
    const given = canonicalJson(biographies.get(candidateId) ?? null);
    if (!later.some((one) => canonicalJson(one) === given)) continue;
    if (typeof fixed === "object" && fixed !== null) biographies.set(candidateId, fixed);
    else biographies.delete(candidateId);
  }
  return canonicalJson(Object.fromEntries(biographies));
}

/**
 * A definition's file, whose biographies may have been put right, with those that are registered wherever they are the same but for what
 * officers corrected since.
 * @param texts all that the file's definition names
 */
export async function withoutCorrectedBiographies(
  registered: ElectionDefinition,
  file: ElectionDefinition,
  texts: () => AsyncIterable<string> | Iterable<string>,
): Promise<ElectionDefinition> {
  const corrected = correctedBiographies(registered);
  if (corrected.size === 0 || registered.votingMethod === "referendum" || file.votingMethod === "referendum")
    return file;
  const { biographies: known = {} } = registered;
  const given = file.biographies ?? {};
  const other = new Set(
    Object.entries(given).flatMap(([regionId, sha256]) => (known[regionId] === sha256 ? [] : sha256)),
  );
  if (other.size === 0) return file;
  const fixed = new Map<string, string>();
  for await (const text of texts()) {
    const sha256 = sha256Hex(text);
    if (other.has(sha256)) fixed.set(sha256, sha256Hex(asFixed(text, corrected)));
  }
  const biographies = Object.entries(given).map(([regionId, sha256]) => {
    const isKnown = fixed.get(sha256) === known[regionId];
    return [regionId, (isKnown ? known[regionId] : undefined) ?? sha256];
  });
  return { ...file, biographies: Object.fromEntries(biographies) };
}

/** The SHA-256 of every text that a definition names, once each, in the order of its regions. */
export function textsNamedBy(definition: ElectionDefinition): ReadonlySet<string> {
  if (definition.votingMethod === "referendum") return new Set();
  const { regions, biographies = {} } = definition;
  return new Set(regions.flatMap(({ regionId }) => biographies[regionId] ?? []));
}
