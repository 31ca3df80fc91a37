import type { SQSEvent } from "aws-lambda";
import { type VoteMessage, writeVoteMessage } from "#storage/vote-message.ts";

/** A delivery from the queue of votes, whose message ids are their places. @param sentMs when all were sent */
export function sqsEvent(votes: readonly VoteMessage[], sentMs: number): SQSEvent {
  return {
    Records: votes.map((vote, index) => ({
      messageId: String(index),
      receiptHandle: String(index),
      body: writeVoteMessage(vote),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: String(sentMs),
        SenderId: "submit",
        ApproximateFirstReceiveTimestamp: String(sentMs),
      },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:ca-central-1:000000000000:votes",
      awsRegion: "ca-central-1",
    })),
  };
}
