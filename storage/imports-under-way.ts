import type { BilingualText } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { clausesJoined } from "#core/sentences.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";

type WithImports = Pick<AdministeredElection, "definition" | "rollImports">;

/** Imports of a roll that are under way, and what ends them; undefined when there are none. */
export function importsUnderWay({ definition: { electionId }, rollImports }: WithImports): BilingualText | undefined {
  if (rollImports.length === 0) return undefined;
  return {
    en: `imports of the roll have not ended: ${clausesJoined("en", rollImports)}. If one was killed, import its file again or, above all after closing, sign the roll as it is: in the console's room Roll, or by scrutin roll state ${electionId}`,
    fr: `des importations de la liste ne sont pas terminées\u00a0: ${clausesJoined("fr", rollImports)}. Si l’une d’elles a été interrompue, importez de nouveau son fichier ou, surtout après la fermeture, signez la liste telle qu’elle est, dans la rubrique Liste électorale`,
  };
}

/** Throws Refusal while an import is under way. */
export function refuseUnderWay(election: WithImports): void {
  const underWay = importsUnderWay(election);
  if (underWay === undefined) return;
  const { electionId } = election.definition;
  throw new Refusal(`Election ${electionId}: ${underWay.en}.`, `Élection ${electionId}\u00a0: ${underWay.fr}.`);
}
