import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { mapQueue, type QueueMapping, type QueueMappingOptions } from "#local/functions/queue-mapping.ts";
import { clientConfig, REGION } from "#local/services/credentials.ts";
import { type SqsLocal, startSqs } from "#local/services/sqs.ts";
import { type SmallFunction, smallFunction, until } from "#test/local/small-function.ts";

let sqs: SqsLocal;
let client: SQSClient;
let mapping: QueueMapping | undefined;
let small: SmallFunction | undefined;
let queues = 0;

beforeAll(async () => {
  sqs = await startSqs();
  client = new SQSClient(clientConfig(sqs.endpoint));
});
afterEach(async () => {
  await mapping?.stop();
  await small?.remove();
});
afterAll(async () => {
  client.destroy();
  await sqs.stop();
});

async function queue(attributes: Record<string, string> = {}) {
  const name = `queue-${++queues}`;
  await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "1", ...attributes } }));
  return { queueUrl: `${sqs.endpoint}/000000000000/${name}`, queueArn: `arn:aws:sqs:${REGION}:000000000000:${name}` };
}

async function deliver(
  from: Awaited<ReturnType<typeof queue>>,
  body: string,
  options: Partial<QueueMappingOptions> = {},
) {
  small = await smallFunction(body);
  mapping = mapQueue({
    ...from,
    endpoint: sqs.endpoint,
    batchSize: 10,
    batchWindowMs: 0,
    reportsFailures: true,
    maxConcurrency: 5,
    to: small.host,
    ...options,
  });
  return small;
}

async function send(queueUrl: string, bodies: readonly string[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

/** Messages in a queue, waiting or in flight. */
async function length(queueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
  );
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
}
const isEmpty = (queueUrl: string) => async (): Promise<boolean> => (await length(queueUrl)) === 0;

const SqsEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.uuid(),
      body: z.string(),
      eventSource: z.literal("aws:sqs"),
      eventSourceARN: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.string(), SentTimestamp: z.string().regex(/^\d{13}$/) }),
    }),
  ),
});
async function bodiesGiven(to: SmallFunction): Promise<readonly string[]> {
  return (await to.events(SqsEvent)).flatMap(({ Records }) => Records.map(({ body }) => body));
}

test("every message is delivered, in batches, and leaves the queue once the function has processed it", async () => {
  const from = await queue();
  const bodies = Array.from({ length: 35 }, (_, index) => `message ${index}`);
  await send(from.queueUrl, bodies);
  const to = await deliver(from, "return { batchItemFailures: [] };");
  await until(isEmpty(from.queueUrl));
  expect([...(await bodiesGiven(to))].sort()).toEqual([...bodies].sort());
  const events = await to.events(SqsEvent);
  expect(events.length).toBeLessThan(10);
  expect(events[0]?.Records[0]).toMatchObject({
    eventSourceARN: from.queueArn,
    attributes: { ApproximateReceiveCount: "1" },
  });
});

test("a batch holds more than ten messages when the mapping waits for it to fill", async () => {
  const from = await queue();
  await send(
    from.queueUrl,
    Array.from({ length: 25 }, (_, index) => String(index)),
  );
  const to = await deliver(from, "return {};", { batchSize: 100, batchWindowMs: 300 });
  await until(isEmpty(from.queueUrl));
  expect((await to.events(SqsEvent)).map(({ Records }) => Records.length)).toEqual([25]);
});

test("a failed message comes back alone, without the rest of its batch", async () => {
  const from = await queue();
  await send(from.queueUrl, ["good", "bad", "better"]);
  const to = await deliver(
    from,
    `const failed = event.Records.filter((r) => r.body === "bad" && r.attributes.ApproximateReceiveCount === "1");
     return { batchItemFailures: failed.map((r) => ({ itemIdentifier: r.messageId })) };`,
  );
  await until(isEmpty(from.queueUrl));
  expect([...(await bodiesGiven(to))].sort()).toEqual(["bad", "bad", "better", "good"]);
});

test("a mapping without batch item failures takes any answer for success", async () => {
  const from = await queue();
  await send(from.queueUrl, ["once"]);
  const to = await deliver(
    from,
    "return { batchItemFailures: event.Records.map((r) => ({ itemIdentifier: r.messageId })) };",
    { reportsFailures: false },
  );
  await until(isEmpty(from.queueUrl));
  expect(await bodiesGiven(to)).toEqual(["once"]);
});

test("a function killed in the middle of a batch loses no message", async () => {
  const from = await queue();
  await send(from.queueUrl, ["a", "b", "c"]);
  const to = await deliver(
    from,
    `if (event.Records.some((r) => r.attributes.ApproximateReceiveCount === "1")) await sleep(60_000);
     return { batchItemFailures: [] };`,
  );
  await until(async () => (await bodiesGiven(to)).length === 3);
  to.host.kill();
  await until(isEmpty(from.queueUrl));
  expect([...(await bodiesGiven(to))].sort()).toEqual(["a", "a", "b", "b", "c", "c"]);
});

test("a message that always fails ends in the dead-letter queue and holds up no other", async () => {
  const dead = await queue();
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.queueArn, maxReceiveCount: 2 });
  const from = await queue({ RedrivePolicy });
  await send(from.queueUrl, ["poison", "good"]);
  const to = await deliver(
    from,
    `return { batchItemFailures: event.Records.filter((r) => r.body === "poison").map((r) => ({ itemIdentifier: r.messageId })) };`,
  );
  await until(async () => (await length(dead.queueUrl)) === 1);
  expect(await length(from.queueUrl)).toBe(0);
  expect((await bodiesGiven(to)).filter((body) => body === "poison")).toHaveLength(2);
});

test("a queue that does not empty gets more concurrent batches, up to the mapping's limit", async () => {
  const from = await queue({ VisibilityTimeout: "30" });
  await send(
    from.queueUrl,
    Array.from({ length: 400 }, (_, index) => String(index)),
  );
  const to = await deliver(
    from,
    `globalThis.underWay = (globalThis.underWay ?? 0) + 1;
     appendFileSync(process.env.EVENTS + ".under-way", globalThis.underWay + "\\n");
     await sleep(500);
     globalThis.underWay -= 1;
     return {};`,
    { maxConcurrency: 8 },
  );
  await until(isEmpty(from.queueUrl));
  const underWay = (await readFile(join(to.folder, "events.jsonl.under-way"), "utf8")).trim().split("\n").map(Number);
  expect(Math.max(...underWay.slice(0, 5))).toBe(5);
  expect(Math.max(...underWay)).toBe(8);
  expect([...(await bodiesGiven(to))].sort()).toEqual(Array.from({ length: 400 }, (_, index) => String(index)).sort());
});

test("an idle mapping delivers a new message at once, and a stopped one takes none", async () => {
  const from = await queue();
  const to = await deliver(from, "return {};");
  await sleep(300);
  const sentMs = performance.now();
  await send(from.queueUrl, ["now"]);
  await until(async () => (await bodiesGiven(to)).length === 1);
  expect(performance.now() - sentMs).toBeLessThan(1_000);
  await mapping?.stop();
  await client.send(new SendMessageCommand({ QueueUrl: from.queueUrl, MessageBody: "later" }));
  await sleep(300);
  expect(await bodiesGiven(to)).toEqual(["now"]);
});

test("no other machine can reach the queues, which listen on the loopback address only", async () => {
  const { port } = new URL(sqs.endpoint);
  expect((await fetch(`${sqs.endpoint}/health`)).status).toBe(200);
  await expect(fetch(`http://127.0.0.2:${port}/health`)).rejects.toThrow();
});
