import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { VoteMessage } from "#functions/submit/contract.ts";

/** Where accepted requests wait for validation. */
export type VotesQueue = Readonly<{
  /** Resolves once the queue holds the vote durably; only then may the voter be told 202. */
  send(vote: VoteMessage): Promise<void>;
}>;

export function votesQueue(client: SQSClient, queueUrl: string): VotesQueue {
  return {
    async send(vote) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(vote) }));
    },
  };
}
