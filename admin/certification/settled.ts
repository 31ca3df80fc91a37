import { deadLettersOf } from "#admin/certification/dead-letters.ts";
import { messagesWaiting } from "#admin/certification/waiting.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { MOST_DELAY_SECONDS } from "#core/guessing.ts";
import { Refusal } from "#core/refusal.ts";

/** Whether every ballot of an election has been decided, so that the box is complete. */

/** SQS's message counts become exact a minute after the last message (API reference of GetQueueAttributes). */
const QUEUE_SETTLES_IN_MS = 60_000;

/**
 * Refuses while a ballot of the election may wait: until a minute after its closing, or its cancellation, while the votes queue holds a message that
 * was sent before it, and while a dead letter is its own. All elections share the queues; those still open keep them busy.
 */
export async function requireSettled(
  connection: Connection,
  definition: ElectionDefinition,
  atMs: number,
): Promise<void> {
  const { electionId, closesAt, cancelled } = definition;
  const phase = phaseAt(definition, atMs);
  if (phase !== "closed" && phase !== "cancelled") {
    throw new Refusal(`Voting in election ${electionId} closes at ${closesAt}: this can only be done afterwards.`);
  }
  const settlesAtMs = Date.parse(cancelled?.at ?? closesAt) + QUEUE_SETTLES_IN_MS;
  if (atMs < settlesAtMs) {
    const seconds = Math.ceil((settlesAtMs - atMs) / 1000);
    throw new Refusal(`Voting in election ${electionId} has just ended: try again in ${seconds} s.`);
  }

  const { messages, longestMs } = await messagesWaiting(connection, atMs);
  const decidedByMs = settlesAtMs + MOST_DELAY_SECONDS * 1000 + longestMs;
  if (messages > 0 && atMs < decidedByMs) {
    const until = Number.isFinite(decidedByMs)
      ? `, or until ${new Date(decidedByMs).toISOString()}, when those left can only be other elections'`
      : "";
    throw new Refusal(`Messages in the queue of votes: ${messages}. Wait until all of them are decided${until}.`);
  }
  const dead = await deadLettersOf(connection, electionId);
  if (dead > 0) {
    throw new Refusal(
      `Messages in the dead-letter queue: ${dead}. Redrive them, so that they are decided, or remove them.`,
    );
  }
}
