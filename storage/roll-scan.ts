import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { isOnRoll, STRIKES, type Strike } from "#core/strike.ts";

/** The whole roll of an election, read entry by entry. */

export type RollTable = Readonly<{ documents: DynamoDBDocumentClient; rollTable: string }>;

export const RollEntry = z.object({
  hash: z.string(),
  regionId: z.string(),
  /** The same whatever the person's code is; missing in entries of earlier versions. */
  identity: z.optional(z.string()),
  /** Why and since when nobody can vote with it, if so. */
  struck: z.optional(z.enum(STRIKES)),
  struckAt: z.optional(z.string()),
});
export type RollEntry = Readonly<z.infer<typeof RollEntry>>;

/** What is read of an entry. */
export const PROJECTION = {
  ProjectionExpression: "#hash, regionId, #identity, struck, struckAt",
  ExpressionAttributeNames: { "#hash": "hash", "#identity": "identity" },
};

/** Segments of the scan, read in parallel. */
const SCAN_SEGMENTS = 8;

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
