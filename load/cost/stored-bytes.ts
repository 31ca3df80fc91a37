import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";

/** Storage as DynamoDB bills it: names and values of each item, and 100 bytes for its index entry. */

const BILLED_BESIDE_AN_ITEM = 100;

/** Bytes that a stored ballot and its voter's line of the roll take, on average over what is stored. */
export async function storedBytesPerBallot(system: RunningSystem): Promise<number> {
  const { documents, votesTable, rollTable, close } = connectTo(system);
  try {
    const sizes = [votesTable, rollTable].map(async (TableName) => {
      const { Table } = await documents.send(new DescribeTableCommand({ TableName }));
      const { TableSizeBytes = 0, ItemCount = 0 } = Table ?? {};
      return ItemCount === 0 ? 0 : TableSizeBytes / ItemCount + BILLED_BESIDE_AN_ITEM;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  } finally {
    close();
  }
}
