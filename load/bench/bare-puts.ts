import { randomBytes } from "node:crypto";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

/** The yardstick: a bare SDK loop of conditional puts of vote-sized items, on the same DynamoDB Local. */

const TABLE = "bench-bare-puts";
const IN_FLIGHT = 50;
const HASH_BYTES = 32;
/** An envelope of a law or a single choice. */
const ENVELOPE_BYTES = 54;

/** Puts this many items, each once, and gives puts per second. */
export async function measureBarePuts(endpoint: string, puts: number): Promise<number> {
  const client = new DynamoDBClient({
    endpoint,
    region: "ca-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
      }),
    );
    const items = Array.from({ length: puts }, () => ({
      hash: { S: randomBytes(HASH_BYTES).toString("base64url") },
      electionId: { S: "L2025-001" },
      regionId: { S: "all" },
      envelope: { B: randomBytes(ENVELOPE_BYTES) },
      trackingCode: { S: "MFRGGZDFMZTWQ2LKNNWG" },
      castAt: { S: "2026-01-01T12:00:00.000Z" },
    }));
    const left = items.values();
    const putInTurn = async (): Promise<void> => {
      for (const Item of left) {
        await client.send(
          new PutItemCommand({
            TableName: TABLE,
            Item,
            ConditionExpression: "attribute_not_exists(#hash)",
            ExpressionAttributeNames: { "#hash": "hash" },
          }),
        );
      }
    };
    const beganMs = performance.now();
    await Promise.all(Array.from({ length: IN_FLIGHT }, putInTurn));
    return (puts / (performance.now() - beganMs)) * 1000;
  } finally {
    await client.send(new DeleteTableCommand({ TableName: TABLE })).catch(() => undefined);
    client.destroy();
  }
}
