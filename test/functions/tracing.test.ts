import { setTimeout as pause } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { traced } from "#functions/runtime/tracing.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { emptyDatabase } from "#test/database.ts";
import { startTraceDaemon, type TraceDaemon } from "#test/local/secrecy/recorder.ts";

const TRACE = { root: "1-69202f4a-0123456789abcdef01234567", parent: "89abcdef01234567" };
const header = (sampled: 0 | 1): string => `Root=${TRACE.root};Parent=${TRACE.parent};Sampled=${sampled}`;

const { config } = emptyDatabase();
let daemon: TraceDaemon;
beforeAll(async () => {
  const client = new DynamoDBClient(config);
  await client.send(
    new CreateTableCommand({
      TableName: "votes",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
    }),
  );
  client.destroy();
});
beforeEach(async () => {
  daemon = await startTraceDaemon();
});
afterEach(async () => {
  delete process.env._X_AMZN_TRACE_ID;
  await daemon.stop();
});

const put = (hash: string) =>
  new PutItemCommand({
    TableName: "votes",
    Item: { hash: { S: hash } },
    ConditionExpression: "attribute_not_exists(#hash)",
    ExpressionAttributeNames: { "#hash": "hash" },
  });

/** What the daemon was told, once it was told so much, or once it has been quiet for a while. */
async function told(atLeast: number): Promise<readonly Record<string, unknown>[]> {
  for (let looks = 0; daemon.datagrams.length < atLeast && looks < 100; looks++) await pause(10);
  if (atLeast === 0) await pause(200);
  return daemon.datagrams.map((datagram) => JSON.parse(datagram.toString().split("\n")[1] ?? "null"));
}

describe("a call to AWS", () => {
  test("is told as part of the invocation's trace: whom it asked, what for, which table and how long", async () => {
    process.env._X_AMZN_TRACE_ID = header(1);
    const client = traced(new DynamoDBClient(config), daemon.address);
    const beforeS = Date.now() / 1000;
    await client.send(put("a"));
    const [subsegment, ...others] = await told(1);
    expect(others).toEqual([]);
    expect(subsegment).toMatchObject({
      type: "subsegment",
      trace_id: TRACE.root,
      parent_id: TRACE.parent,
      name: "DynamoDB",
      namespace: "aws",
      aws: { operation: "PutItem", table_name: "votes" },
    });
    expect(subsegment?.start_time).toBeGreaterThanOrEqual(beforeS);
    expect(subsegment?.end_time).toBeGreaterThanOrEqual(Number(subsegment?.start_time));
    expect(subsegment).not.toHaveProperty("error");
    expect(JSON.stringify(subsegment)).not.toContain('"hash"');
    client.destroy();
  });

  test("that a rule refused is an error of who asked, by its kind alone; one that never arrived is a fault", async () => {
    process.env._X_AMZN_TRACE_ID = header(1);
    const client = traced(new DynamoDBClient(config), daemon.address);
    await client.send(put("b"));
    await expect(client.send(put("b"))).rejects.toThrow("conditional request failed");
    const nowhere = traced(
      new DynamoDBClient({ ...clientConfig("http://127.0.0.1:1"), maxAttempts: 1 }),
      daemon.address,
    );
    await expect(nowhere.send(put("c"))).rejects.toThrow();
    const [, refused, lost] = await told(3);
    expect(refused).toMatchObject({
      error: true,
      cause: { exceptions: [{ type: "ConditionalCheckFailedException" }] },
    });
    expect(refused).not.toHaveProperty("fault");
    expect(lost).toMatchObject({ fault: true });
    expect(JSON.stringify([refused, lost])).not.toContain("message");
    client.destroy();
    nowhere.destroy();
  });

  test("is not told when the invocation's trace is not kept, or there is none", async () => {
    const client = traced(new DynamoDBClient(config), daemon.address);
    await client.send(put("d"));
    process.env._X_AMZN_TRACE_ID = header(0);
    await client.send(put("e"));
    expect(await told(0)).toEqual([]);
    client.destroy();
  });

  test("costs nothing where nobody takes traces, as on a laptop, and never fails for one that got lost", async () => {
    const untouched = new DynamoDBClient(config);
    const before = untouched.middlewareStack.identify();
    expect(traced(untouched, undefined).middlewareStack.identify()).toEqual(before);
    process.env._X_AMZN_TRACE_ID = header(1);
    const client = traced(new DynamoDBClient(config), daemon.address);
    await daemon.stop();
    await client.send(put("f"));
    await client.send(put("g"));
    daemon = await startTraceDaemon();
    client.destroy();
    untouched.destroy();
  });
});
