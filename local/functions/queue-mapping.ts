import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { failedItems } from "#local/functions/batch-response.ts";
import type { FunctionHost } from "#local/functions/host.ts";
import { pollingConfig } from "#local/functions/polling-client.ts";
import { REGION } from "#local/services/credentials.ts";

/** Emulates Lambda's event source mapping of a queue: polls, batches, invokes, and deletes what was processed. */

export type QueueMapping = Readonly<{ stop(): Promise<void> }>;

export type QueueMappingOptions = Readonly<{
  endpoint: string;
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  /** How long a batch may wait to fill, in milliseconds. */
  batchWindowMs: number;
  /** Whether the function's answer lists the messages that failed. */
  reportsFailures: boolean;
  /** How many batches may be under way at once. */
  maxConcurrency: number;
  to: FunctionHost;
}>;

/**
 * Lambda begins with five batches under way, and while messages are left in the queue it takes on up to 300 more a minute
 * (Lambda developer guide, "Using Lambda with Amazon SQS", scaling of standard queues).
 */
const POLLERS = 5;
const MORE_POLLERS_A_SECOND = 5;
/** Twenty keep two cores busy. More would only wait in the function's one process, and die with it. */
const MOST_POLLERS = 20;
/** ReceiveMessage and DeleteMessageBatch take at most 10. */
const PER_REQUEST = 10;
/** Short, so that stopping need not wait for the poll to end. */
const LONG_POLL_SECONDS = 1;
const AFTER_FAILURE_MS = 200;

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
  const { endpoint, queueUrl, queueArn, batchSize, batchWindowMs, reportsFailures, maxConcurrency, to } = options;
  // No checksum of each message: they never leave this machine.
  const client = new SQSClient({ ...pollingConfig(endpoint), md5: false });
  const stopping = new AbortController();

  /** Whether the last request was answered in full, so that more are likely left in the queue. */
  let isBacklogged = false;
  const receive = async (most: number, waitSeconds: number): Promise<readonly Message[]> => {
    const asked = Math.min(most, PER_REQUEST);
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: asked,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
      }),
      { abortSignal: stopping.signal },
    );
    isBacklogged = Messages.length === asked;
    return Messages;
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
    const records = batch.map((message) => record(message, queueArn));
    const answer = await to.invoke({ Records: records });
    const messageIds = records.map(({ messageId }) => messageId);
    const failed = reportsFailures ? failedItems(answer, messageIds) : new Set();
    const done = records.filter(({ messageId }) => !failed.has(messageId));
    for (let start = 0; start < done.length; start += PER_REQUEST) {
      await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: done
            .slice(start, start + PER_REQUEST)
            .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
        }),
      );
    }
  };

  // One poller at a time while the queue is nearly empty: the embedded queue wakes every waiting poller for one message.
  let turn: Promise<unknown> = Promise.resolve();
  const gatherInTurn = (): Promise<readonly Message[]> => {
    const gathered = turn.then(gather);
    turn = gathered.catch(() => undefined);
    return gathered;
  };

  const pollers = new Set<Promise<void>>();
  const poll = async (isPermanent: boolean): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const batch = await (isBacklogged ? gather() : gatherInTurn());
        if (batch.length > 0) await deliver(batch);
        else if (!isPermanent) return;
      } catch {
        // Nothing was deleted: the batch comes back after the visibility timeout, and in the end goes to the dead letters.
        if (!stopping.signal.aborted) await sleep(AFTER_FAILURE_MS);
      }
    }
  };
  const addPollers = (count: number, isPermanent: boolean): void => {
    const room = Math.max(0, Math.min(maxConcurrency, MOST_POLLERS) - pollers.size);
    for (let added = 0; added < Math.min(count, room); added += 1) {
      const poller = poll(isPermanent).finally(() => pollers.delete(poller));
      pollers.add(poller);
    }
  };
  addPollers(POLLERS, true);
  const growth = setInterval(() => {
    if (isBacklogged) addPollers(MORE_POLLERS_A_SECOND, false);
  }, 1000);

  return {
    async stop() {
      stopping.abort();
      clearInterval(growth);
      await Promise.all(pollers);
      client.destroy();
    },
  };
}
