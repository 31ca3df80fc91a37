import type { Connection } from "#admin/connection/connection.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { candidateName, candidatesIn, phaseAt } from "#core/contest.ts";
import { formatInstant } from "#core/instant-words.ts";
import { withWithdrawal } from "#core/officers-acts.ts";
import { Refusal } from "#core/refusal.ts";
import { changedMeanwhile, recordChange, stateChange } from "#storage/election-changes.ts";
import type { StateChange } from "#storage/registered-elections.ts";

/** Candidates who withdraw once the ballot is fixed: they stay on it, marked, and cannot be chosen. */

export type WithdrawalOptions = Readonly<{ who: string; reason?: string; atMs?: number }>;

/**
 * Records that a candidate has withdrawn, before or during voting. Throws Refusal after closing, for somebody who does not stand or has
 * withdrawn, and where nobody would be left in a region.
 */
export async function withdrawCandidate(
  connection: Connection,
  electionId: string,
  candidateId: string,
  { who, reason, atMs = Date.now() }: WithdrawalOptions,
): Promise<Readonly<{ record: StateChange; newest: string | undefined }>> {
  const stored = await requireStored(connection, electionId);
  const { definition, opening } = stored.election;
  if (definition.votingMethod === "referendum") {
    throw new Refusal(
      `${electionId} is a law: nobody stands in it.`,
      `${electionId} est un projet de loi\u00a0: il n’y a pas de candidature.`,
    );
  }
  const candidate = definition.candidates.find((one) => one.candidateId === candidateId);
  if (candidate === undefined) {
    throw new Refusal(
      `No candidate ${candidateId} stands in election ${electionId}.`,
      `Aucune candidature ${candidateId} dans l’élection ${electionId}.`,
    );
  }
  const name = `${candidateId} (${candidateName(candidate)})`;
  if (candidate.withdrawnAt !== undefined) {
    throw new Refusal(
      `Candidate ${name} of election ${electionId} withdrew at ${candidate.withdrawnAt} already.`,
      `La candidature ${name} de l’élection ${electionId} est déjà retirée, depuis le ${formatInstant("fr", candidate.withdrawnAt, definition.timeZone)}.`,
    );
  }
  if (phaseAt(definition, atMs) === "closed") {
    throw new Refusal(
      `Voting in election ${electionId} has closed: nobody can withdraw any more.`,
      `Le vote est terminé pour l’élection ${electionId}\u00a0: plus personne ne peut se retirer.`,
    );
  }
  const at = new Date(atMs).toISOString();
  const after = withWithdrawal(definition, candidateId, at);
  const emptied = candidate.regionIds.filter((regionId) =>
    candidatesIn(after, regionId).every(({ withdrawnAt }) => withdrawnAt !== undefined),
  );
  if (emptied.length > 0) {
    throw new Refusal(
      `Without candidate ${name} nobody stands in region ${emptied.join(", ")} of election ${electionId}.`,
      `Sans la candidature ${name}, il n’y aurait plus personne à élire dans la région ${emptied.join(", ")} de l’élection ${electionId}.`,
    );
  }
  const why = reason === undefined ? "reason not given" : `reason: ${reason}`;
  const record = stateChange(`candidate ${name} withdrew; ${why}`, { who, atMs });
  if (opening === undefined) {
    await recordChange(connection, stored, record, after);
    return { record, newest: undefined };
  }
  const change = { kind: "withdrawal", candidateId, by: who, ...(reason !== undefined && { reason }) } as const;
  const newest = await recordSigned(connection, stored, opening, change, record, { definition: after });
  if (newest !== undefined) return { record, newest };
  throw changedMeanwhile(electionId);
}
