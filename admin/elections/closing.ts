import type { Connection } from "#admin/connection/connection.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { phaseAt } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { recordChange, stateChange } from "#storage/election-changes.ts";
import type { StateChange } from "#storage/registered-elections.ts";

/** The end of voting, as an officer records it. */

type Options = Readonly<{
  /** Who is recorded as having made the change. */
  who: string;
  atMs?: number;
}>;

const CLOSED = "closed";

/** The record of an election's closing; undefined until an officer has closed it. */
export function closingOf(stateChanges: readonly StateChange[]): StateChange | undefined {
  return stateChanges.find(({ what }) => what === CLOSED);
}

/**
 * Records that voting has ended; again changes nothing and gives the first record. Throws Refusal before the closing time:
 * voters were told until when they may vote, so nobody ends voting early.
 */
export async function closeElection(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Options,
): Promise<Readonly<{ outcome: "closed" | "already-closed"; record: StateChange }>> {
  const stored = await requireStored(connection, electionId);
  const { definition, stateChanges } = stored.election;
  if (phaseAt(definition, atMs) !== "closed") {
    throw new EnglishRefusal(
      `closesAt: voting in election ${electionId} ends at ${definition.closesAt}; it is closed after that and never sooner.`,
    );
  }
  const earlier = closingOf(stateChanges);
  if (earlier !== undefined) return { outcome: "already-closed", record: earlier };
  const record = stateChange(CLOSED, { who, atMs });
  await recordChange(connection, stored, record);
  return { outcome: "closed", record };
}
