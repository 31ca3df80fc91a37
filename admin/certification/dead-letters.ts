import { ChangeMessageVisibilityBatchCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { attributesOf, total } from "#admin/certification/waiting.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { readVoteMessage } from "#storage/vote-message.ts";

/** Dead letters, and whose they are. Nothing consumes them, so looking at them does no harm. */

/** ReceiveMessage's maximum. */
const PER_REQUEST = 10;
/** How long a message that was looked at is not seen again, in seconds; it is put back before. */
const LOOKED_AT_FOR_SECONDS = 300;

/** Looks at every message of the dead-letter queue that can be seen now, and puts them back. */
async function look({ sqs, deadLetterQueueUrl: QueueUrl }: Connection): Promise<readonly Message[]> {
  const looked: Message[] = [];
  try {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: PER_REQUEST,
          VisibilityTimeout: LOOKED_AT_FOR_SECONDS,
          // Asks all of SQS's servers, not some of them.
          WaitTimeSeconds: 1,
        }),
      );
      if (Messages.length === 0) return looked;
      looked.push(...Messages);
    }
  } finally {
    for (let start = 0; start < looked.length; start += PER_REQUEST) {
      const Entries = looked.slice(start, start + PER_REQUEST).map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }
}

/** The dead letters that are this election's, or may be: those that cannot be read are nobody's for certain. */
export async function deadLettersOf(connection: Connection, electionId: string): Promise<number> {
  const messages = total(await attributesOf(connection, connection.deadLetterQueueUrl));
  if (messages === 0) return 0;
  const looked = new Map(
    (await look(connection)).map(({ MessageId, Body = "" }) => [MessageId, readVoteMessage(Body)]),
  );
  const others = [...looked.values()].filter((vote) => vote !== undefined && vote.electionId !== electionId);
  return Math.max(messages, looked.size) - others.length;
}
