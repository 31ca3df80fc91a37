import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type VoteMessage, writeVoteMessage } from "#storage/vote-message.ts";

/** The queue in which received ballots wait for validation. */
export type VotesQueue = Readonly<{
  /**
   * Resolves once the queue holds the vote durably; only then may the voter be told 202.
   * @param delaySeconds how long validation is delayed, 0 to 900
   */
  send(vote: VoteMessage, delaySeconds: number): Promise<void>;
}>;

export function votesQueue(client: SQSClient, queueUrl: string): VotesQueue {
  return {
    async send(vote, delaySeconds) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: writeVoteMessage(vote),
          ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
        }),
      );
    },
  };
}
