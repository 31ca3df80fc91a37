import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { SQSClient } from "@aws-sdk/client-sqs";

/** What the status of the system asks beside elections and counts: every part answers, and has no name. */
export function answeringSystem(now: () => number) {
  const answering = { send: async () => ({ Attributes: {} }) };
  return {
    namespace: "",
    queueName: "",
    tallyFunctionName: "",
    parts: {
      dynamodb: answering as unknown as DynamoDBClient,
      sqs: answering as unknown as SQSClient,
      tables: { elections: "", roll: "", votes: "", tallies: "", board: "", "rejected-attempts": "" },
      queues: { votes: "", "dead-letter": "" },
      now,
    },
  };
}
