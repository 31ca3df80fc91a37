import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** Throws Refusal where voters sign in, so that there is no code to print or to renew. */
export function requireCodes({ electionId, identity }: ElectionDefinition): void {
  if (identity === undefined) return;
  throw new Refusal(
    `Voters of election ${electionId} sign in at ${identity.issuer}: they have no codes, so there is none to print or to renew.`,
    `Les électeurs de l’élection ${electionId} s’identifient auprès de ${identity.issuer}\u00a0: ils n’ont pas de code à imprimer ni à remplacer.`,
  );
}
