import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** Whether every ballot of an election has been decided, so that the box is complete. */

/** SQS's message counts become exact a minute after the last message (API reference of GetQueueAttributes). */
const QUEUE_SETTLES_IN_MS = 60_000;

const QueueAttributes = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  ApproximateNumberOfMessagesDelayed: z.coerce.number().default(0),
});

async function messagesIn({ sqs }: Connection, queueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }));
  return Object.values(QueueAttributes.parse(Attributes)).reduce((sum, count) => sum + count, 0);
}

/**
 * Refuses unless voting closed a minute ago, and both the votes queue and its dead letters are empty. Elections share them:
 * nobody can tell whose a waiting message is.
 */
export async function requireSettled(
  connection: Connection,
  definition: ElectionDefinition,
  atMs: number,
): Promise<void> {
  const { electionId, closesAt } = definition;
  if (phaseAt(definition, atMs) !== "closed") {
    throw new Refusal(`Voting in election ${electionId} closes at ${closesAt}: this can only be done afterwards.`);
  }
  const waitMs = Date.parse(closesAt) + QUEUE_SETTLES_IN_MS - atMs;
  if (waitMs > 0) {
    throw new Refusal(`Voting in election ${electionId} has just closed: try again in ${Math.ceil(waitMs / 1000)} s.`);
  }
  const waiting = await messagesIn(connection, connection.votesQueueUrl);
  if (waiting > 0) {
    throw new Refusal(`Messages in the queue of votes: ${waiting}. Wait until all of them are decided.`);
  }
  const dead = await messagesIn(connection, connection.deadLetterQueueUrl);
  if (dead > 0) {
    throw new Refusal(
      `Messages in the dead-letter queue: ${dead}. Redrive them, so that they are decided, or remove them.`,
    );
  }
}
