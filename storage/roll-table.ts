import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { readStrike, type Struck } from "#core/strike.ts";

/** Where a voter's hash is registered, and why and since when it can no longer vote, if so. */
export type Registration = Readonly<{ regionId: string; struck: Struck | undefined }>;

/** Reads the electoral roll. */
export type Roll = Readonly<{
  /** Registration by hash, for hashes on the roll. Up to 100 hashes take one request. */
  registrationsOf(hashes: readonly string[]): Promise<ReadonlyMap<string, Registration>>;
}>;

/** BatchGetItem takes at most 100 keys (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const KEYS_PER_REQUEST = 100;

export function rollTable(client: DynamoDBClient, tableName: string): Roll {
  const read = async (
    hashes: readonly string[],
    consistent: boolean,
    found: Map<string, Registration>,
  ): Promise<void> => {
    let keys = hashes.map((hash) => ({ hash: { S: hash } }));
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({
          RequestItems: {
            // Whole items, which are read and billed whole anyway.
            [tableName]: { Keys: keys, ConsistentRead: consistent },
          },
        }),
      );
      for (const { hash, regionId, struck, struckAt } of Responses?.[tableName] ?? []) {
        if (hash?.S === undefined || regionId?.S === undefined) continue;
        const strike = readStrike(struck?.S);
        found.set(hash.S, { regionId: regionId.S, struck: strike && { strike, at: struckAt?.S ?? "" } });
      }
      const unprocessed = UnprocessedKeys?.[tableName]?.Keys ?? [];
      keys = unprocessed.flatMap(({ hash }) => (hash?.S === undefined ? [] : [{ hash: { S: hash.S } }]));
    }
  };

  return {
    async registrationsOf(hashes) {
      const distinct = [...new Set(hashes)];
      const found = new Map<string, Registration>();
      for (let start = 0; start < distinct.length; start += KEYS_PER_REQUEST) {
        const slice = distinct.slice(start, start + KEYS_PER_REQUEST);
        await read(slice, false, found);
        // An eventually consistent read may miss a voter imported a moment ago, so unknown hashes are read again.
        const missed = slice.filter((hash) => !found.has(hash));
        if (missed.length > 0) await read(missed, true, found);
      }
      return found;
    },
  };
}
