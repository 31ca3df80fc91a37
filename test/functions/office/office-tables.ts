import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { emptyDatabase } from "#test/database.ts";

/** The console's own tables, empty. */
export async function officeTables() {
  const client = new DynamoDBClient(emptyDatabase().config);
  for (const [TableName, ...keys] of [
    ["office", "place", "row"],
    ["audit", "electionId", "row"],
  ] as const) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
      }),
    );
  }
  return { documents: DynamoDBDocumentClient.from(client), close: () => client.destroy() };
}
