import { canonicalJson } from "#core/canonical-json.ts";
import { isTrustees } from "#core/contest.ts";
import type { RollCommitment } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import { requireAgreed } from "#storage/trustees-register.ts";

/** Where trustees hold the key, an opening states the roll that they signed and no other. */

export const otherRoll = (electionId: string): Refusal =>
  new Refusal(
    `Election ${electionId}: its roll is not the one that registrar and trustees signed. Import that one again; if it stays so, somebody changed the table, and nobody must vote by it.`,
    `Élection ${electionId}\u00a0: sa liste n’est pas celle que le registraire et les dépositaires ont signée. Importez celle-là de nouveau\u202f; si rien n’y change, quelqu’un a modifié la table, et personne ne doit voter d’après elle.`,
  );

/** What an opening states beside the key, where trustees hold it. Throws Refusal unless the roll, as it is, is the one signed for their ceremony. */
export function acknowledgedBy(
  { definition, ceremony, signedRoll, acknowledgementKey }: AdministeredElection,
  { onRoll, rollRoot }: Pick<RollCommitment, "onRoll" | "rollRoot">,
): Readonly<{ acknowledgementKey?: string }> {
  if (!isTrustees(definition)) return {};
  const { electionId } = definition;
  requireAgreed(definition, ceremony);
  if (signedRoll === undefined) {
    throw new Refusal(
      `Election ${electionId} has no signed roll: scrutin roll import ${electionId} roll.txt --ceremony FOLDER, once registrar and trustees have signed it.`,
      `L’élection ${electionId} n’a pas de liste signée\u00a0: le registraire et les dépositaires la signent, puis elle s’importe en ligne de commande.`,
    );
  }
  const { statement } = signedRoll;
  if (statement.rollRoot !== rollRoot || canonicalJson(statement.onRoll) !== canonicalJson(onRoll)) {
    throw otherRoll(electionId);
  }
  if (acknowledgementKey === undefined) throw new Error(`election ${electionId} has no acknowledgement key`);
  return { acknowledgementKey };
}
