import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { consumedBy } from "#load/metering/consumed.ts";
import { readingBetween, startMeter } from "#load/metering/meter.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { emptyDatabase } from "#test/database.ts";

test("a put is billed as written, a read as read, each to its table", () => {
  const answer = (CapacityUnits: number) => JSON.stringify({ ConsumedCapacity: { TableName: "votes", CapacityUnits } });
  expect(consumedBy("PutItem", "{}", answer(1))).toEqual([{ table: "votes", units: { read: 0, write: 1 } }]);
  expect(consumedBy("GetItem", "{}", answer(0.5))).toEqual([{ table: "votes", units: { read: 0.5, write: 0 } }]);
});

test("a batch is billed by table", () => {
  const ConsumedCapacity = [
    { TableName: "roll", CapacityUnits: 5 },
    { TableName: "votes", CapacityUnits: 0.5 },
  ];
  expect(consumedBy("BatchGetItem", "{}", JSON.stringify({ ConsumedCapacity }))).toEqual([
    { table: "roll", units: { read: 5, write: 0 } },
    { table: "votes", units: { read: 0.5, write: 0 } },
  ]);
});

test("a put refused by its condition is billed all the same", () => {
  const refusal = JSON.stringify({ __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" });
  expect(consumedBy("PutItem", JSON.stringify({ TableName: "votes" }), refusal)).toEqual([
    { table: "votes", units: { read: 0, write: 1 } },
  ]);
});

test("a request that fails otherwise is not billed", () => {
  expect(consumedBy("PutItem", "{}", JSON.stringify({ __type: "ValidationException" }))).toEqual([]);
});

test("insertions are billed by the size of what they write, duplicates too, and others that fail not at all", () => {
  const insertion = (bytes: number) => ({
    Statement: `INSERT INTO "votes" VALUE {'hash': ?, 'envelope': ?}`,
    // 12 bytes of names and 1 of the key.
    Parameters: [{ S: "h" }, { B: Buffer.alloc(bytes).toString("base64") }],
  });
  const request = JSON.stringify({ Statements: [1011, 1012, 5, 5].map(insertion) });
  const answer = (Code: string) => ({ TableName: "votes", Error: { Code } });
  const Responses = [
    { TableName: "votes" },
    { TableName: "votes" },
    answer("DuplicateItem"),
    answer("ThrottlingError"),
  ];
  expect(consumedBy("BatchExecuteStatement", request, JSON.stringify({ Responses }))).toEqual(
    [1, 2, 1].map((write) => ({ table: "votes", units: { read: 0, write } })),
  );
  expect(() =>
    consumedBy("BatchExecuteStatement", '{"Statements":[{"Statement":"SELECT","Parameters":[]}]}', "{}"),
  ).toThrow("no insertion");
});

test("what lies between two readings is their difference", () => {
  const early = {
    requests: new Map([["SendMessage", 2]]),
    read: new Map([["votes", 1]]),
    written: new Map([["votes", 2]]),
  };
  const late = {
    requests: new Map([
      ["SendMessage", 5],
      ["DeleteMessageBatch", 1],
    ]),
    read: new Map([["votes", 1.5]]),
    written: new Map([["votes", 6]]),
  };
  expect(readingBetween(early, late)).toEqual({
    requests: new Map([
      ["SendMessage", 3],
      ["DeleteMessageBatch", 1],
    ]),
    read: new Map([["votes", 0.5]]),
    written: new Map([["votes", 4]]),
  });
});

test("DynamoDB's own bill is read on the way, and its answers pass unchanged", async () => {
  const { endpoint, accessKeyId } = emptyDatabase();
  const meter = await startMeter(endpoint);
  onTestFinished(() => meter.stop());
  const client = new DynamoDBClient(clientConfig(meter.endpoint, accessKeyId));
  onTestFinished(() => client.destroy());
  await client.send(
    new CreateTableCommand({
      TableName: "votes",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
    }),
  );
  const put = (hash: string, bytes: number) =>
    client.send(
      new PutItemCommand({
        TableName: "votes",
        Item: { hash: { S: hash }, envelope: { B: new Uint8Array(bytes) } },
        ConditionExpression: "attribute_not_exists(#hash)",
        ExpressionAttributeNames: { "#hash": "hash" },
      }),
    );

  await put("small", 100);
  await put("larger than 1 kB", 1500);
  await expect(put("small", 100)).rejects.toThrow(ConditionalCheckFailedException);
  const { Item } = await client.send(new GetItemCommand({ TableName: "votes", Key: { hash: { S: "small" } } }));

  expect(Item?.envelope?.B).toHaveLength(100);
  const { requests, read, written } = meter.read();
  expect([read.get("votes"), written.get("votes")]).toEqual([0.5, 1 + 2 + 1]);
  expect(requests.get("PutItem")).toBe(3);
});
