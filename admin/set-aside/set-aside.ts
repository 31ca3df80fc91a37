import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { attributesOf, oldestAgeMs, total } from "#admin/certification/waiting.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { Refusal } from "#core/refusal.ts";

/** Messages set aside: those that could not be decided ten times. How many, since when, and sending them back. Nobody looks into them. */

/** SQS's words for how a move stands (SQS API, ListMessageMoveTasks). */
const UNDER_WAY = ["RUNNING", "CANCELLING"];

/** The newest move of messages back to the queue that they came from. */
export type Move = Readonly<{
  isUnderWay: boolean;
  hasFailed: boolean;
  moved: number;
  /** ISO 8601; undefined where the service does not say. */
  startedAt: string | undefined;
}>;

export type SetAside = Readonly<{
  /** As SQS counts them, which is approximate. */
  messages: number;
  /** Age of the oldest in milliseconds; undefined when it is not measured. */
  oldestMs: number | undefined;
  move: Move | undefined;
}>;

async function lastMove({ sqs }: Connection, SourceArn: string): Promise<Move | undefined> {
  const { Results: [last] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
  if (last === undefined) return undefined;
  const { Status = "", ApproximateNumberOfMessagesMoved: moved = 0, StartedTimestamp: startedMs } = last;
  return {
    isUnderWay: UNDER_WAY.includes(Status),
    hasFailed: Status === "FAILED",
    moved,
    startedAt: startedMs === undefined ? undefined : new Date(startedMs).toISOString(),
  };
}

export async function messagesSetAside(connection: Connection, atMs: number): Promise<SetAside> {
  const { deadLetterQueueUrl } = connection;
  const attributes = await attributesOf(connection, deadLetterQueueUrl);
  const messages = total(attributes);
  const [oldestMs, move] = await Promise.all([
    messages === 0 ? undefined : oldestAgeMs(connection, deadLetterQueueUrl, atMs),
    lastMove(connection, attributes.QueueArn),
  ]);
  return { messages, oldestMs, move };
}

/**
 * Sends every message that was set aside back to the queue that it came from. Each is decided as if it had just arrived, at the time of its
 * post; one that is in the box already is known by its tracking code. Throws Refusal when there is none, and while an earlier move goes on.
 */
export async function sendAgain(connection: Connection): Promise<Readonly<{ messages: number }>> {
  const attributes = await attributesOf(connection, connection.deadLetterQueueUrl);
  const messages = total(attributes);
  if (messages === 0) throw new Refusal("No message is set aside.", "Aucun message n’est mis de côté.");
  const { QueueArn: SourceArn } = attributes;
  if ((await lastMove(connection, SourceArn))?.isUnderWay) {
    throw new Refusal(
      "Messages are being sent again already: wait until that has ended.",
      "Des messages sont déjà en cours de renvoi\u00a0: attendez que ce soit terminé.",
    );
  }
  await connection.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  return { messages };
}
