import { setTimeout as delay } from "node:timers/promises";
import { BatchGetCommand, BatchWriteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { isOnRoll, STRIKES, type Strike } from "#core/strike.ts";

/** The roll table, as an import reads and writes it. */

export type RollTable = Pick<Connection, "documents" | "rollTable">;

/** Limits of one request (BatchGetItem and BatchWriteItem in the DynamoDB API reference). */
const MOST_READ_AT_ONCE = 100;
const MOST_WRITTEN_AT_ONCE = 25;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** Some five minutes of throttling. */
const MOST_ATTEMPTS = 60;

/** Segments of the counting scan, read in parallel. */
const SCAN_SEGMENTS = 8;

const RollEntry = z.object({
  hash: z.string(),
  regionId: z.string(),
  /** The same whatever the person's code is; missing in entries of earlier versions. */
  identity: z.string().optional(),
  /** Why and since when nobody can vote with it, if so. */
  struck: z.enum(STRIKES).optional(),
  struckAt: z.string().optional(),
});
export type RollEntry = Readonly<z.infer<typeof RollEntry>>;

const PROJECTION = {
  ProjectionExpression: "#hash, regionId, #identity, struck, struckAt",
  ExpressionAttributeNames: { "#hash": "hash", "#identity": "identity" },
};

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

/** A roll in figures, each entry counted one by one. */
export type RollFigures = Readonly<{
  /** Voters on the roll by region; those who voted elsewhere among them. */
  onRoll: Map<string, number>;
  /** Who voted elsewhere, by region. */
  votedElsewhere: Map<string, number>;
  /** Codes struck off, by why. */
  struck: Record<Strike, number>;
}>;

/** Reads every entry of an election's roll, in no order. */
export async function readRoll(
  { documents, rollTable }: RollTable,
  electionId: string,
  onEntries: (entries: readonly RollEntry[]) => Promise<void>,
  onScanned: (items: number) => void = () => {},
): Promise<RollFigures> {
  const figures: RollFigures = {
    onRoll: new Map(),
    votedElsewhere: new Map(),
    struck: { reissued: 0, removed: 0, moved: 0, "voted-elsewhere": 0 },
  };
  const add = (counts: Map<string, number>, regionId: string) => counts.set(regionId, (counts.get(regionId) ?? 0) + 1);
  const readSegment = async (segment: number): Promise<void> => {
    const pages = paginateScan(
      { client: documents },
      {
        TableName: rollTable,
        Segment: segment,
        TotalSegments: SCAN_SEGMENTS,
        ConsistentRead: true,
        FilterExpression: "electionId = :electionId",
        ...PROJECTION,
        ExpressionAttributeValues: { ":electionId": electionId },
      },
    );
    for await (const { Items = [], ScannedCount = 0 } of pages) {
      const entries = z.array(RollEntry).parse(Items);
      for (const entry of entries) {
        const { regionId, struck } = entry;
        if (isOnRoll(entry)) add(figures.onRoll, regionId);
        if (struck === "voted-elsewhere") add(figures.votedElsewhere, regionId);
        if (struck !== undefined) figures.struck[struck]++;
      }
      await onEntries(entries);
      onScanned(ScannedCount);
    }
  };
  await Promise.all(Array.from({ length: SCAN_SEGMENTS }, (_, segment) => readSegment(segment)));
  return figures;
}
