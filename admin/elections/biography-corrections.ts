import type { Connection } from "#admin/connection/connection.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { candidatesIn, type RaceDefinition } from "#core/contest.ts";
import type { Corrected } from "#core/corrections.ts";
import type { BilingualText } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { Biographies, keepApart } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";

/** Corrections of biographies that are kept apart: only the texts of regions in which the file differs are read. */

/**
 * The biographies in which a definition's file differs from a registered definition that keeps its own apart. Throws Refusal where the
 * file leaves one out: it can be corrected, not taken away.
 */
export async function biographyCorrections(
  connection: Connection,
  registered: RaceDefinition,
  file: RaceDefinition,
): Promise<readonly Corrected[]> {
  const { electionId, biographies = {} } = registered;
  const { definition: apart } = keepApart(file);
  const named = apart.votingMethod === "referendum" ? {} : (apart.biographies ?? {});
  const textOf = biographyTexts(connection.dynamodb, connection.biographiesTable);
  const corrected = new Map<string, Corrected>();
  const missing = new Set<string>();
  for (const { regionId } of registered.regions) {
    const sha256 = biographies[regionId];
    if (named[regionId] === sha256) continue;
    const stored = sha256 === undefined ? {} : Biographies.parse(JSON.parse(await textOf(electionId, sha256)));
    const asked = new Map(candidatesIn(file, regionId).map(({ candidateId, bio }) => [candidateId, bio]));
    for (const { candidateId, bio } of candidatesIn(registered, regionId)) {
      const from: BilingualText | null = bio ?? stored[candidateId] ?? null;
      const to = asked.get(candidateId);
      if (canonicalJson(from) === canonicalJson(to ?? null)) continue;
      if (to === undefined) missing.add(candidateId);
      else corrected.set(candidateId, { of: `candidates.${candidateId}.bio`, from, to });
    }
  }
  if (missing.size === 0) return [...corrected.values()];
  throw new Refusal(
    `Election ${electionId}: the biography of candidate ${[...missing].join(", ")} can be corrected, and not left out.`,
    `Élection ${electionId}\u00a0: la biographie de la candidature ${[...missing].join(", ")} peut être corrigée, mais pas enlevée.`,
  );
}

/** The biography of a candidate, where it is kept apart and was not corrected before; null where there is none. */
export async function storedBiography(
  connection: Connection,
  { electionId, biographies = {}, candidates }: RaceDefinition,
  candidateId: string,
): Promise<BilingualText | null> {
  const [regionId = ""] = candidates.find((one) => one.candidateId === candidateId)?.regionIds ?? [];
  const sha256 = biographies[regionId];
  if (sha256 === undefined) return null;
  const text = await biographyTexts(connection.dynamodb, connection.biographiesTable)(electionId, sha256);
  return Biographies.parse(JSON.parse(text))[candidateId] ?? null;
}
