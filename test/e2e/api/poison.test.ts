import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, inject, test } from "vitest";
import { clientConfig } from "#local/services/credentials.ts";
import { cast, eventually, outcomeOf } from "#test/e2e/api.ts";
import { credentials, voter } from "#test/e2e/voters.ts";

/** Longer than two deliveries of a message, each hidden for six times the timeout of `validate`. */
const PATIENCE_MS = 150_000;

test("a poison message holds nothing up, and ends in the dead-letter queue", async () => {
  const sqs = new SQSClient(clientConfig(inject("endpoints").sqs));
  const { VotesQueueUrl, DeadLetterQueueUrl } = inject("outputs");
  const poison = ["not JSON", '{"hash":"x"}', JSON.stringify({ hash: "A".repeat(43), electionId: 7 })];
  for (const MessageBody of poison) await sqs.send(new SendMessageCommand({ QueueUrl: VotesQueueUrl, MessageBody }));

  const deadLetters = async (): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: DeadLetterQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  };

  const receipt = await cast("/api/v1/vote", { ...credentials(voter(50)), law_id: "L2025-001", vote: "oui" });
  expect((await outcomeOf(receipt)).status).toBe("accepted");
  expect(await deadLetters(), "decided while the poison is still in the queue").toBe(0);
  await eventually(deadLetters, (count) => count === poison.length, PATIENCE_MS);
  sqs.destroy();
});
