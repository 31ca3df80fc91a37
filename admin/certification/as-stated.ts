import type { VotedElection } from "#admin/certification/election-with-keys.ts";
import { inForce } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";
import { changedFields } from "#storage/definition-change.ts";

/** Refuses a definition or a ballot key that nobody signed: what is signed on it would be a lie, though `verify` would find it. */
export function requireAsStated({ definition, publicKey, opening: { opening, changes } }: VotedElection): void {
  const fields = changedFields(inForce(opening, changes).definition, definition);
  const isKeyStated = opening.statement.publicKey === publicKey;
  if (fields.length === 0 && isKeyStated) return;
  const changed = (key: string): string => [...fields, ...(isKeyStated ? [] : [key])].join(", ");
  throw new Refusal(
    `Election ${definition.electionId} is not the one last stated: somebody changed ${changed("the key that ballots are sealed to")}. Find out who, and restore it from a backup of the table of elections.`,
    `L’élection ${definition.electionId} n’est plus celle du dernier énoncé\u00a0: quelqu’un a changé ${changed("la clé qui scelle les bulletins")}. Cherchez qui, puis faites-la restaurer à partir d’une sauvegarde de la table des élections.`,
  );
}
