import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Storage as DynamoDB bills it: names and values of each item, and 100 bytes for its index entry. */

const BILLED_BESIDE_AN_ITEM = 100;

const EMBEDDED = { region: "ca-central-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } } as const;

/** Bytes that a stored ballot and its voter's line of the roll take, on average over what is stored. */
export async function storedBytesPerBallot({ outputs, endpoints }: RunningSystem): Promise<number> {
  const client = new DynamoDBClient({ ...EMBEDDED, endpoint: endpoints.dynamodb });
  try {
    const sizes = [outputs.VotesTable, outputs.RollTable].map(async (TableName) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      const { TableSizeBytes = 0, ItemCount = 0 } = Table ?? {};
      return ItemCount === 0 ? 0 : TableSizeBytes / ItemCount + BILLED_BESIDE_AN_ITEM;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  } finally {
    client.destroy();
  }
}
