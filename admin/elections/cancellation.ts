import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "#admin/connection/connection.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireKept } from "#admin/elections/registered.ts";
import { FORGOTTEN_AFTER_MS, removeCounts } from "#admin/elections/stored-items.ts";
import { phaseAt } from "#core/contest.ts";
import type { BilingualText, Cancellation, ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { withCancellation } from "#core/officers-acts.ts";
import { Refusal } from "#core/refusal.ts";
import { changedMeanwhile, recordChange, stateChange } from "#storage/election-changes.ts";
import type { StateChange } from "#storage/registered-elections.ts";

/** Cancelling an election before it closes: voting ends, ballots stay sealed, and nothing is counted, ever. */

export type CancellationOptions = Readonly<{
  /** Told to voters. */
  reason: BilingualText;
  who: string;
  atMs?: number;
  /** How long functions may go on with what they knew of the election. */
  forgottenAfterMs?: number;
  /** Told once it is recorded; what had been counted is taken out after that. */
  onRecorded?: (recorded: Readonly<{ record: StateChange; newest: string | undefined }>) => void;
}>;

/** Sentences follow it. */
const asSentence = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** Throws Refusal once voting has closed. */
export function requireCancellable(definition: ElectionDefinition, atMs = Date.now()): void {
  if (phaseAt(definition, atMs) !== "closed") return;
  const { electionId, closesAt, timeZone } = definition;
  throw new Refusal(
    `Voting in election ${electionId} closed at ${closesAt}: it cannot be cancelled any more. Its result can only be set aside by whoever may do that.`,
    `Le vote de l’élection ${electionId} a pris fin le ${formatInstant("fr", closesAt, timeZone)}\u00a0: elle ne peut plus être annulée. Seul qui en a le pouvoir peut écarter son résultat.`,
  );
}

type Cancelled = Readonly<{ outcome: "cancelled" | "already-cancelled"; cancelled: Cancellation }>;
type Recorded = Readonly<{ record: StateChange; newest: string | undefined }>;

/**
 * Records that an election is cancelled, which ends voting; what had been counted is still there (`removeCounts`). It cannot be taken
 * back. Nothing changes where it was cancelled before. Throws Refusal after closing.
 */
export async function recordCancellation(
  connection: Connection,
  electionId: string,
  { reason, who, atMs = Date.now() }: Pick<CancellationOptions, "reason" | "who" | "atMs">,
): Promise<Cancelled & Readonly<{ recorded: Recorded | undefined }>> {
  const stored = await requireKept(connection, electionId);
  const { definition, opening } = stored.election;
  const { cancelled: earlier } = definition;
  if (earlier !== undefined) return { outcome: "already-cancelled", cancelled: earlier, recorded: undefined };
  requireCancellable(definition, atMs);
  const told = { fr: asSentence(reason.fr), en: asSentence(reason.en) };
  const cancelled = { at: new Date(atMs).toISOString(), reason: told };
  const after = withCancellation(definition, cancelled);
  const record = stateChange(`cancelled; reason: ${told.fr} / ${told.en}`, { who, atMs });
  if (opening === undefined) {
    await recordChange(connection, stored, record, after);
    return { outcome: "cancelled", cancelled, recorded: { record, newest: undefined } };
  }
  const change = { kind: "cancellation", by: who, reason: told } as const;
  const newest = await recordSigned(connection, stored, opening, change, record, { definition: after });
  if (newest === undefined) {
    throw changedMeanwhile(electionId);
  }
  return { outcome: "cancelled", cancelled, recorded: { record, newest } };
}

/**
 * Cancels an election that has not closed, and takes out what had been counted of it. It cannot be taken back. On an election that is
 * cancelled already it only finishes the latter. Throws Refusal after closing.
 */
export async function cancelElection(
  connection: Connection,
  electionId: string,
  { forgottenAfterMs = FORGOTTEN_AFTER_MS, onRecorded, ...options }: CancellationOptions,
): Promise<Cancelled> {
  const { outcome, cancelled, recorded } = await recordCancellation(connection, electionId, options);
  if (recorded !== undefined) onRecorded?.(recorded);
  // Without an opening nobody could vote.
  if (recorded?.newest !== undefined) await delay(forgottenAfterMs);
  await removeCounts(connection, electionId);
  return { outcome, cancelled };
}
