import { randomBytes } from "node:crypto";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { clientConfig } from "#local/services/credentials.ts";
import { STAMP_BYTES } from "#storage/stamp.ts";

/** The yardstick: a bare SDK loop of conditional puts of vote-sized items, on the same DynamoDB Local. */

const TABLE = "bench-bare-puts";
const IN_FLIGHT = 50;
const HASH_BYTES = 32;
const ONE_TIME_KEY_BYTES = 32;
/** An envelope of a law or a single choice. */
const ENVELOPE_BYTES = 54;

export async function measureBarePuts(endpoint: string, puts: number): Promise<number> {
  const client = new DynamoDBClient(clientConfig(endpoint));
  const TableName = TABLE;
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
      }),
    );
    const items = Array.from({ length: puts }, () => ({
      hash: { S: randomBytes(HASH_BYTES).toString("base64url") },
      electionId: { S: "L2025-001" },
      regionId: { S: "all" },
      oneTimeKey: { B: randomBytes(ONE_TIME_KEY_BYTES) },
      envelope: { B: randomBytes(ENVELOPE_BYTES) },
      stamp: { B: randomBytes(STAMP_BYTES) },
      trackingCode: { S: "MFRGGZDFMZTWQ2LKNNWG" },
      castAt: { S: "2026-01-01T12:00:00.000Z" },
    }));
    const condition = {
      ConditionExpression: "attribute_not_exists(#hash)",
      ExpressionAttributeNames: { "#hash": "hash" },
    };
    const left = items.values();
    const putInTurn = async (): Promise<void> => {
      for (const Item of left) await client.send(new PutItemCommand({ TableName, Item, ...condition }));
    };
    const beganMs = performance.now();
    await Promise.all(Array.from({ length: IN_FLIGHT }, putInTurn));
    return (puts / (performance.now() - beganMs)) * 1000;
  } finally {
    await client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
    client.destroy();
  }
}
