import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { formatInstant } from "#core/instant-words.ts";
import { Refusal } from "#core/refusal.ts";
import { type DeletionRecord, findDeletion } from "#storage/deleted-elections.ts";
import {
  type AdministeredElection,
  findElection,
  findStored,
  type Register,
  type Stored,
} from "#storage/registered-elections.ts";

/** "reason: …", or that none was given. */
export const reasonOf = ({ reason }: DeletionRecord): string =>
  reason === undefined ? "reason not given" : `reason: ${reason}`;

/** "deleted at … by Bo, reason: …" */
export const tellDeleted = (deletion: DeletionRecord): string =>
  `deleted at ${deletion.at} by ${deletion.who}, ${reasonOf(deletion)}`;

/** A registered election. Throws Refusal, with the given advice, when there is none of this id. */
export async function requireElection(
  register: Register,
  electionId: string,
  advice: "apply its definition first" | "see the list of elections" = "see the list of elections",
): Promise<AdministeredElection> {
  const election = await findElection(register, electionId);
  if (election !== undefined) return election;
  const deletion = await findDeletion(register, electionId);
  const deleted = deletion === undefined ? "" : ` It was ${tellDeleted(deletion)}.`;
  throw new Refusal(
    `There is no election ${electionId}: ${advice}.${deleted}`,
    deletion === undefined
      ? `Il n’y a pas d’élection ${electionId}.`
      : `L’élection ${electionId} a été supprimée le ${formatInstant("fr", deletion.at)} par ${deletion.who}.`,
  );
}

/** As requireElection, with what a change needs. Throws Refusal also for an election that was cancelled. */
export async function requireStored(register: Register, electionId: string): Promise<Stored> {
  const stored = await requireKept(register, electionId);
  refuseCancelled(stored.election.definition);
  return stored;
}

/** As requireStored, cancelled or not. */
export async function requireKept(register: Register, electionId: string): Promise<Stored> {
  const stored = await findStored(register, electionId);
  if (stored !== undefined) return stored;
  throw new Refusal(
    `There is no election ${electionId}: apply its definition first.`,
    `Il n’y a pas d’élection ${electionId}\u00a0: appliquez d’abord sa définition.`,
  );
}
