import { isTrustees } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** Throws Refusal where registrar and trustees sign the roll: nobody who runs the system changes it, one by one or by a file of codes. */
export function refuseWhereSigned(definition: Pick<ElectionDefinition, "electionId" | "trust">): void {
  if (!isTrustees(definition)) return;
  const { electionId } = definition;
  throw new Refusal(
    `The roll of election ${electionId} is the one that its registrar and trustees sign, whole: nobody is added to it, moved, struck off or given another code. It is imported from the command line: scrutin roll import ${electionId} roll.txt --ceremony FOLDER.`,
    `La liste de l’élection ${electionId} est celle que son registraire et ses dépositaires signent, tout entière\u00a0: personne n’y est ajouté, déplacé, retiré ou pourvu d’un autre code. Elle s’importe en ligne de commande\u00a0: scrutin roll import ${electionId} roll.txt --ceremony DOSSIER.`,
  );
}
