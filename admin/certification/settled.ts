import { deadLettersOf } from "#admin/certification/dead-letters.ts";
import { messagesWaiting } from "#admin/certification/waiting.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { MOST_DELAY_SECONDS } from "#core/guessing.ts";
import { formatInstant } from "#core/instant-words.ts";
import { Refusal } from "#core/refusal.ts";

/** Whether every ballot of an election has been decided, so that the box is complete. */

/** SQS's message counts become exact a minute after the last message (API reference of GetQueueAttributes). */
const QUEUE_SETTLES_IN_MS = 60_000;

/** What must be so, in the order in which it is looked at. */
export const SETTLED_CHECKS = ["closed", "minute-passed", "votes-decided", "none-set-aside"] as const;

export type Settling = Readonly<{
  check: (typeof SETTLED_CHECKS)[number];
  /** Why not; undefined where it is so. */
  refusal: Refusal | undefined;
}>;

/** Looks at one thing after the other; what follows one that is not so need not be asked for. */
export async function* settling(
  connection: Connection,
  definition: ElectionDefinition,
  atMs: number,
): AsyncGenerator<Settling> {
  const { electionId, closesAt, cancelled, timeZone } = definition;
  const phase = phaseAt(definition, atMs);
  const hasEnded = phase === "closed" || phase === "cancelled";
  yield {
    check: "closed",
    refusal: hasEnded
      ? undefined
      : new Refusal(
          `Voting in election ${electionId} closes at ${closesAt}: this can only be done afterwards.`,
          `Le vote de l’élection ${electionId} ferme le ${formatInstant("fr", closesAt, timeZone)}\u00a0: cela n’est possible qu’ensuite.`,
        ),
  };
  const settlesAtMs = Date.parse(cancelled?.at ?? closesAt) + QUEUE_SETTLES_IN_MS;
  const seconds = Math.ceil((settlesAtMs - atMs) / 1000);
  yield {
    check: "minute-passed",
    refusal:
      atMs >= settlesAtMs
        ? undefined
        : new Refusal(
            `Voting in election ${electionId} has just ended: try again in ${seconds} s.`,
            `Le vote de l’élection ${electionId} vient de se terminer\u00a0: réessayez dans ${seconds}\u00a0s.`,
          ),
  };
  yield { check: "votes-decided", refusal: await whyUndecided(connection, definition, settlesAtMs, atMs) };
  const dead = await deadLettersOf(connection, electionId);
  yield {
    check: "none-set-aside",
    refusal:
      dead === 0
        ? undefined
        : new Refusal(
            `Messages in the dead-letter queue: ${dead}. Send them again, so that they are decided: in the console's room Polling day, or by a redrive (docs/runbook.md).`,
            `Messages mis de côté\u00a0: ${dead}. Renvoyez-les, dans la rubrique Jour du vote, pour qu’ils soient traités.`,
          ),
  };
}

async function whyUndecided(
  connection: Connection,
  { timeZone }: ElectionDefinition,
  settlesAtMs: number,
  atMs: number,
): Promise<Refusal | undefined> {
  const { messages, longestMs } = await messagesWaiting(connection, atMs);
  const decidedByMs = settlesAtMs + MOST_DELAY_SECONDS * 1000 + longestMs;
  if (messages === 0 || atMs >= decidedByMs) return undefined;
  const [orEn, orFr] = Number.isFinite(decidedByMs)
    ? [
        `, or until ${new Date(decidedByMs).toISOString()}, when those left can only be other elections'`,
        `, ou jusqu’au ${formatInstant("fr", decidedByMs, timeZone)}\u00a0: ceux qui restent alors ne peuvent être que d’autres élections`,
      ]
    : ["", ""];
  return new Refusal(
    `Messages in the queue of votes: ${messages}. Wait until all of them are decided${orEn}.`,
    `Messages dans la file des votes\u00a0: ${messages}. Attendez qu’ils soient tous traités${orFr}.`,
  );
}

/**
 * Refuses while a ballot of the election may wait: until a minute after its closing, or its cancellation, while the votes queue holds a message that
 * was sent before it, and while a dead letter is its own. All elections share the queues; those still open keep them busy.
 */
export async function requireSettled(
  connection: Connection,
  definition: ElectionDefinition,
  atMs: number,
): Promise<void> {
  for await (const { refusal } of settling(connection, definition, atMs)) {
    if (refusal !== undefined) throw refusal;
  }
}
