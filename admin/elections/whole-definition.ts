import type { Connection } from "#admin/connection/connection.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Biographies } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";

/** A registered definition as its file would be: with the biographies that are kept apart in their places. */
export async function wholeDefinition(
  { dynamodb, biographiesTable }: Pick<Connection, "dynamodb" | "biographiesTable">,
  registered: ElectionDefinition,
): Promise<ElectionDefinition> {
  if (registered.votingMethod === "referendum" || registered.biographies === undefined) return registered;
  const { biographies, ...definition } = registered;
  const textOf = biographyTexts(dynamodb, biographiesTable);
  const told = new Map<string, Biographies[string]>();
  for (const sha256 of new Set(Object.values(biographies))) {
    const texts = Biographies.parse(JSON.parse(await textOf(definition.electionId, sha256)));
    for (const [candidateId, bio] of Object.entries(texts)) told.set(candidateId, bio);
  }
  const candidates = definition.candidates.map((candidate) => {
    // What stands in the definition was corrected.
    const bio = candidate.bio ?? told.get(candidate.candidateId);
    return bio === undefined ? candidate : { ...candidate, bio };
  });
  return { ...definition, candidates };
}
