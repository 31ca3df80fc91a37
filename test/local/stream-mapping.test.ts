import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { streamCheckpoints } from "#local/functions/stream-checkpoints.ts";
import { mapStream, type StreamMapping, type StreamMappingOptions } from "#local/functions/stream-mapping.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type DynamoDbLocal, startDynamoDbLocal } from "#local/services/dynamodb-local.ts";
import { type SmallFunction, smallFunction, until } from "#test/local/small-function.ts";

let folder: string;
let database: DynamoDbLocal;
let client: DynamoDBClient;
let mapping: StreamMapping | undefined;
let small: SmallFunction | undefined;
let tables = 0;

async function open(): Promise<void> {
  database = await startDynamoDbLocal({ folder });
  client = new DynamoDBClient(clientConfig(database.endpoint));
}
async function close(): Promise<void> {
  client.destroy();
  await database.stop();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-stream-"));
  await open();
});
afterEach(async () => {
  await mapping?.stop();
  await small?.remove();
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function table(): Promise<string> {
  const name = `table-${++tables}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  return name;
}

async function put(name: string, ...hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) {
    const Item = { hash: { S: hash }, envelope: { B: Buffer.from(`sealed ${hash}`) } };
    await client.send(new PutItemCommand({ TableName: name, Item }));
  }
}

async function follow(name: string, to: SmallFunction, options: Partial<StreamMappingOptions> = {}): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  mapping = mapStream({
    endpoint: database.endpoint,
    streamArn: Table?.LatestStreamArn ?? "",
    batchSize: 1000,
    batchWindowMs: 0,
    windowMs: 60_000,
    reportsFailures: true,
    checkpoints: await streamCheckpoints(),
    to: to.host,
    ...options,
  });
}

async function counting(body: string): Promise<SmallFunction> {
  small = await smallFunction(body);
  return small;
}

const StreamEvent = z.object({
  shardId: z.string().min(1),
  window: z.object({ start: z.iso.datetime(), end: z.iso.datetime() }),
  isFinalInvokeForWindow: z.boolean(),
  Records: z.array(
    z.object({
      eventName: z.string(),
      dynamodb: z.object({
        SequenceNumber: z.string().regex(/^\d+$/),
        ApproximateCreationDateTime: z.number(),
        NewImage: z.object({ hash: z.object({ S: z.string() }), envelope: z.object({ B: z.base64() }) }),
      }),
    }),
  ),
});
async function recordsGiven(to: SmallFunction) {
  return (await to.events(StreamEvent)).flatMap(({ Records }) => Records);
}
async function hashesGiven(to: SmallFunction): Promise<readonly string[]> {
  return (await recordsGiven(to)).map(({ dynamodb }) => dynamodb.NewImage.hash.S);
}

const SUCCESS = "return { state: {}, batchItemFailures: [] };";

test("stored items reach the function in order, with their bytes in base64", async () => {
  const votes = await table();
  await put(votes, "a", "b", "c");
  const to = await counting(SUCCESS);
  await follow(votes, to);
  await until(async () => (await hashesGiven(to)).length === 3);
  await put(votes, "d", "e");
  await until(async () => (await hashesGiven(to)).length === 5);
  expect(await hashesGiven(to)).toEqual(["a", "b", "c", "d", "e"]);
  const records = await recordsGiven(to);
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber.padStart(40, "0"));
  expect(numbers).toEqual([...numbers].sort());
  const [first] = records;
  expect(first?.eventName).toBe("INSERT");
  expect(Buffer.from(first?.dynamodb.NewImage.envelope.B ?? "", "base64").toString()).toBe("sealed a");
  expect(first?.dynamodb.ApproximateCreationDateTime).toBeGreaterThan(1_700_000_000);
  expect(first?.dynamodb.ApproximateCreationDateTime).toBeLessThan(10_000_000_000);
});

/** The number of records in each batch. A window may end between any two, with an empty event. */
const batchesGiven = async (to: SmallFunction): Promise<readonly number[]> =>
  (await to.events(StreamEvent)).map(({ Records }) => Records.length).filter((count) => count > 0);

test("a batch holds no more records than the mapping allows", async () => {
  const votes = await table();
  await put(votes, "a", "b", "c", "d", "e");
  const to = await counting(SUCCESS);
  await follow(votes, to, { batchSize: 2 });
  await until(async () => (await hashesGiven(to)).length === 5);
  expect(await batchesGiven(to)).toEqual([2, 2, 1]);
});

test("a batch is delivered when its window ends or it is full", async () => {
  const votes = await table();
  await put(votes, "a");
  const to = await counting(SUCCESS);
  await follow(votes, to, { batchSize: 3, batchWindowMs: 4_000 });
  await put(votes, "b", "c", "d");
  await until(async () => (await hashesGiven(to)).length === 4);
  expect(await batchesGiven(to)).toEqual([3, 1]);
  expect(await hashesGiven(to)).toEqual(["a", "b", "c", "d"]);
});

test("a failed batch is delivered again, and nothing after it until it succeeds", async () => {
  const votes = await table();
  await put(votes, "a", "b");
  const to = await counting(
    `if (!existsSync(process.env.FOLDER + "/mended")) throw new Error("no database"); ${SUCCESS}`,
  );
  await follow(votes, to);
  await until(async () => (await to.events(StreamEvent)).length === 2);
  await put(votes, "c");
  await writeFile(join(to.folder, "mended"), "");
  await until(async () => (await hashesGiven(to)).includes("c"));
  const delivered = (await hashesGiven(to)).join("");
  expect(delivered).toMatch(/^(?:ab){3,}c$/);
});

test("after a partial failure everything from the failed record onwards is delivered again", async () => {
  const votes = await table();
  await put(votes, "a", "b", "c");
  const to = await counting(`
    const failed = event.Records.length === 3 ? [{ itemIdentifier: event.Records[1].dynamodb.SequenceNumber }] : [];
    return { state: {}, batchItemFailures: failed };`);
  await follow(votes, to);
  await until(async () => (await hashesGiven(to)).length === 5);
  expect((await hashesGiven(to)).join("")).toBe("abcbc");
});

test("a function killed in the middle of a batch gets the batch again", async () => {
  const votes = await table();
  await put(votes, "a", "b");
  const to = await counting(`if (!existsSync(process.env.FOLDER + "/killed")) await sleep(60_000); ${SUCCESS}`);
  await follow(votes, to);
  await until(async () => (await hashesGiven(to)).length === 2);
  await writeFile(join(to.folder, "killed"), "");
  to.host.kill();
  await until(async () => (await hashesGiven(to)).length === 4);
  expect((await hashesGiven(to)).join("")).toBe("abab");
});

test("a window that had records ends with one empty final event", async () => {
  const votes = await table();
  await put(votes, "a");
  const to = await counting(SUCCESS);
  await follow(votes, to, { windowMs: 1_000 });
  await until(async () => (await to.events(StreamEvent)).length === 2);
  const [given, final] = await to.events(StreamEvent);
  expect(given).toMatchObject({ isFinalInvokeForWindow: false });
  expect(final).toMatchObject({ isFinalInvokeForWindow: true, Records: [], shardId: given?.shardId });
});

test("a restart of everything resumes after the last record delivered", async () => {
  const votes = await table();
  const position = join(folder, "position.json");
  const to = await counting(SUCCESS);
  await put(votes, "a", "b");
  await follow(votes, to, { checkpoints: await streamCheckpoints(position) });
  await until(async () => (await hashesGiven(to)).length === 2);
  await mapping?.stop();
  await put(votes, "c");
  await close();
  await open();
  await put(votes, "d");
  await follow(votes, to, { checkpoints: await streamCheckpoints(position) });
  await until(async () => (await hashesGiven(to)).length === 4);
  expect((await hashesGiven(to)).join("")).toBe("abcd");
});

test("checkpoints of several shards at once are all kept", async () => {
  const file = join(folder, "positions.json");
  const checkpoints = await streamCheckpoints(file);
  const shards = Array.from({ length: 30 }, (_, index) => `shard-${index}`);
  await Promise.all(shards.map((shard, index) => checkpoints.advance(shard, String(index))));
  const again = await streamCheckpoints(file);
  expect(shards.map((shard) => again.of(shard))).toEqual(shards.map((_, index) => String(index)));
});
