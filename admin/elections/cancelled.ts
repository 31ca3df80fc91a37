import type { Cancellation, ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { Refusal } from "#core/refusal.ts";

/** That an election was cancelled, when and why. */
export const tellCancelled = (electionId: string, { at, reason }: Cancellation): string =>
  `Election ${electionId} was cancelled at ${at}: ${reason.fr} / ${reason.en}`;

/** Throws Refusal for an election that was cancelled: nothing changes in it, and nothing is counted. */
export function refuseCancelled({ electionId, cancelled, timeZone }: ElectionDefinition): void {
  if (cancelled === undefined) return;
  throw new Refusal(
    tellCancelled(electionId, cancelled),
    `L’élection ${electionId} a été annulée le ${formatInstant("fr", cancelled.at, timeZone)}\u00a0: ${cancelled.reason.fr}`,
  );
}
