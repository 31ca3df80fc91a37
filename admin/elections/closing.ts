import type { Connection } from "#admin/connection/connection.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { offsetFault } from "#core/clock-times.ts";
import { phaseAt } from "#core/contest.ts";
import { describeFault } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { recordChange, type StateChange, stateChange } from "#storage/election-register.ts";

/** The closing time: it can move later until it has passed, and then be recorded. */

type Options = Readonly<{
  /** Who is recorded as having made the change. */
  who: string;
  atMs?: number;
}>;

/**
 * Moves the closing time later, before or during voting; the one thing that may change once voting is open. Once the opening is
 * stated, the change is signed, and its SHA-256 is to be published. Throws Refusal, naming the field and the rule, for what is no date and time, is not later, or comes after closing.
 */
export async function extendElection(
  connection: Connection,
  electionId: string,
  closesAt: string,
  { who, atMs = Date.now() }: Options,
): Promise<Readonly<{ record: StateChange; newest: string | undefined }>> {
  const stored = await requireStored(connection, electionId);
  const { definition } = stored.election;
  const extended = { ...definition, closesAt };
  const parsed = ElectionDefinition.safeParse(extended);
  if (!parsed.success) throw new Refusal(parsed.error.issues.map((issue) => describeFault(issue, extended)).join("\n"));
  const wrongOffset = offsetFault(closesAt, definition.timeZone);
  if (wrongOffset !== undefined) throw new Refusal(`closesAt: ${wrongOffset}.`);
  if (phaseAt(definition, atMs) === "closed") {
    throw new Refusal(`Voting in election ${electionId} has closed: closesAt can no longer change.`);
  }
  if (Date.parse(closesAt) <= Date.parse(definition.closesAt)) {
    throw new Refusal(
      `closesAt: the closing of election ${electionId} can only move later than ${definition.closesAt}.`,
    );
  }
  const record = stateChange(`closing extended from ${definition.closesAt} to ${closesAt}`, { who, atMs });
  const { opening } = stored.election;
  if (opening === undefined) {
    await recordChange(connection, stored, record, parsed.data);
    return { record, newest: undefined };
  }
  const extension = { kind: "extension", closesAt } as const;
  const newest = await recordSigned(connection, stored, opening, extension, record, { definition: parsed.data });
  if (newest !== undefined) return { record, newest };
  throw new Refusal(`Somebody else changed election ${electionId} at the same moment: look at it and try again.`);
}

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
    throw new Refusal(
      `closesAt: voting in election ${electionId} ends at ${definition.closesAt}; it is closed after that and never sooner.`,
    );
  }
  const earlier = closingOf(stateChanges);
  if (earlier !== undefined) return { outcome: "already-closed", record: earlier };
  const record = stateChange(CLOSED, { who, atMs });
  await recordChange(connection, stored, record);
  return { outcome: "closed", record };
}
