import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Connection } from "#admin/connection/connection.ts";

const WAITING = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
const DELAYED = "ApproximateNumberOfMessagesDelayed";
const LOOK_EVERY_MS = 200;

/** What the votes queue holds: messages whose turn has come, and those that wait for it. */
async function messagesIn({ sqs, votesQueueUrl }: Connection): Promise<Readonly<{ due: number; delayed: number }>> {
  const asked = new GetQueueAttributesCommand({ QueueUrl: votesQueueUrl, AttributeNames: [...WAITING, DELAYED] });
  const { Attributes } = await sqs.send(asked);
  const due = WAITING.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  return { due, delayed: Number(Attributes?.[DELAYED]) };
}

export async function delayedMessages(connection: Connection): Promise<number> {
  return (await messagesIn(connection)).delayed;
}

/** Waits until at most so many messages whose turn has come are left, or until time is up. */
export async function untilDecided(connection: Connection, most: number, withinMs: number): Promise<void> {
  for (const untilMs = Date.now() + withinMs; Date.now() < untilMs; await pause(LOOK_EVERY_MS)) {
    if ((await messagesIn(connection)).due <= most) return;
  }
}
