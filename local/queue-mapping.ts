import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import * as z from "zod";
import { clientConfig, REGION } from "#local/credentials.ts";
import type { FunctionHost } from "#local/function-host.ts";

/** Plays Lambda's event source mapping of a queue: polls, batches, invokes, and deletes what the function is done with. */

export type QueueMapping = Readonly<{ stop(): Promise<void> }>;

export type QueueMappingOptions = Readonly<{
  endpoint: string;
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  /** How long a batch may wait to fill, in milliseconds. */
  batchWindowMs: number;
  to: FunctionHost;
}>;

/** Lambda begins with five pollers a queue. */
const POLLERS = 5;
/** ReceiveMessage and DeleteMessageBatch take at most 10. */
const PER_REQUEST = 10;
/** Short, so that stopping need not wait for the poll to end. */
const LONG_POLL_SECONDS = 1;
const AFTER_FAILURE_MS = 200;

const PartialResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
  .nullish()
  .catch(undefined);

function record(message: Message, queueArn: string): SQSRecord {
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? "1",
      SentTimestamp: message.Attributes?.SentTimestamp ?? "0",
      SenderId: message.Attributes?.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? "0",
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

export function mapQueue(options: QueueMappingOptions): QueueMapping {
  const { endpoint, queueUrl, queueArn, batchSize, batchWindowMs, to } = options;
  const client = new SQSClient({ ...clientConfig(endpoint), cacheMiddleware: true });
  const stopping = new AbortController();

  const receive = async (most: number, waitSeconds: number): Promise<readonly Message[]> => {
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(most, PER_REQUEST),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
      }),
      { abortSignal: stopping.signal },
    );
    return Messages ?? [];
  };

  const gather = async (): Promise<readonly Message[]> => {
    const batch = [...(await receive(batchSize, LONG_POLL_SECONDS))];
    const fullByMs = Date.now() + batchWindowMs;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < fullByMs && !stopping.signal.aborted) {
      const more = await receive(batchSize - batch.length, 0);
      if (more.length === 0) await sleep(20);
      batch.push(...more);
    }
    return batch;
  };

  const deliver = async (batch: readonly Message[]): Promise<void> => {
    const result = await to.invoke({ Records: batch.map((message) => record(message, queueArn)) });
    const failed = new Set(
      PartialResponse.parse(result)?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    );
    const done = batch.filter(({ MessageId }) => !failed.has(MessageId ?? ""));
    for (let start = 0; start < done.length; start += PER_REQUEST) {
      await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: done
            .slice(start, start + PER_REQUEST)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
  };

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const batch = await gather();
        if (batch.length > 0) await deliver(batch);
      } catch {
        // Nothing was deleted: the visibility timeout brings the batch back, and in the end the redrive policy takes it.
        if (!stopping.signal.aborted) await sleep(AFTER_FAILURE_MS);
      }
    }
  };
  const pollers = Array.from({ length: POLLERS }, poll);

  return {
    async stop() {
      stopping.abort();
      await Promise.all(pollers);
      client.destroy();
    },
  };
}
