import { setTimeout as delay } from "node:timers/promises";
import { BatchGetCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { PROJECTION, RollEntry } from "#storage/roll-scan.ts";

/** The roll table, as an import reads and writes it. */

/** Limits of one request (BatchGetItem and BatchWriteItem in the DynamoDB API reference). */
const MOST_READ_AT_ONCE = 100;
const MOST_WRITTEN_AT_ONCE = 25;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** Some five minutes of throttling. */
const MOST_ATTEMPTS = 60;

/** Repeats a request with what DynamoDB left unprocessed, after exponential backoff with jitter. */
async function untilDone<T>(
  items: readonly T[],
  request: (items: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  let left = items;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === MOST_ATTEMPTS) throw new Error("DynamoDB keeps refusing the roll's requests; run the import again");
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    if (attempt > 0) await delay(pauseMs * (0.5 + Math.random() / 2));
    left = await request(left);
  }
}

/** Items in slices of one request each. */
function inSlices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, slice) =>
    items.slice(slice * size, (slice + 1) * size),
  );
}

/** Entries by hash, for those on the roll; reads distinct hashes, however many, consistently. */
export async function readEntries(
  { documents, rollTable }: Connection,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, RollEntry>> {
  const found = new Map<string, RollEntry>();
  const read = async (left: readonly string[]): Promise<readonly string[]> => {
    const { Responses, UnprocessedKeys } = await documents.send(
      new BatchGetCommand({
        RequestItems: {
          [rollTable]: {
            Keys: left.map((hash) => ({ hash })),
            ConsistentRead: true,
            ...PROJECTION,
          },
        },
      }),
    );
    for (const item of Responses?.[rollTable] ?? []) {
      const entry = RollEntry.parse(item);
      found.set(entry.hash, entry);
    }
    return (UnprocessedKeys?.[rollTable]?.Keys ?? []).map(({ hash }) => String(hash));
  };
  await Promise.all(inSlices(hashes, MOST_READ_AT_ONCE).map((slice) => untilDone(slice, read)));
  return found;
}

/** Writes entries with distinct hashes, however many. */
export async function writeEntries(
  { documents, rollTable }: Connection,
  electionId: string,
  entries: readonly RollEntry[],
): Promise<void> {
  const write = async (left: readonly RollEntry[]): Promise<readonly RollEntry[]> => {
    const { UnprocessedItems } = await documents.send(
      new BatchWriteCommand({
        RequestItems: {
          [rollTable]: left.map(({ hash, regionId, identity }) => ({
            PutRequest: { Item: { hash, electionId, regionId, identity } },
          })),
        },
      }),
    );
    return (UnprocessedItems?.[rollTable] ?? []).map(({ PutRequest }) => RollEntry.parse(PutRequest?.Item));
  };
  await Promise.all(inSlices(entries, MOST_WRITTEN_AT_ONCE).map((slice) => untilDone(slice, write)));
}
