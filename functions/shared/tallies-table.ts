import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateScan,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { contestKey, countedIn } from "#core/keys.ts";
import { type Histogram, sumHistograms } from "#core/results.ts";
import { beyondFence, type Increment } from "#core/tally.ts";

export type Tallies = Readonly<{
  /** Adds an increment exactly once, however often it, or any part of it, is repeated. Answers how many ballots it added. */
  add(increment: Increment): Promise<number>;
  /** How often each selection was counted in a contest, all shards summed. */
  histogramOf(electionId: string, regionId: string): Promise<Histogram>;
  /** The same for several contests of an election, by region, each as of when it is read. */
  histogramsOf(electionId: string, regionIds: readonly string[]): Promise<ReadonlyMap<string, Histogram>>;
}>;

/**
 * From so many contests on the whole table is read in a few pages instead: a query for each of 338 takes nearly three times as long.
 * Other elections' rows are read along, which costs less than as many requests as long as they are not ten times as many.
 */
const CONTESTS_FOR_A_SCAN = 50;
const SEGMENTS = 4;
const COUNTED = {
  ProjectionExpression: "contest, #row, #count",
  ExpressionAttributeNames: { "#row": "row", "#count": "count" },
} as const;

/** What one row says. */
function histogramIn({ row, count }: Record<string, AttributeValue>): Histogram {
  return new Map([[countedIn(row?.S ?? ""), Number(count?.N ?? 0)]]);
}

export function talliesTable(client: DynamoDBClient, tableName: string): Tallies {
  /** The row's fence when it stands at or above the increment's first ballot; undefined when the increment was added. */
  const tryAdd = async ({ contest, row, sequenceNumbers }: Increment): Promise<string | undefined> => {
    const first = sequenceNumbers[0];
    const last = sequenceNumbers.at(-1);
    if (first === undefined || last === undefined) throw new RangeError("an increment holds at least one ballot");
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { contest: { S: contest }, row: { S: row } },
          UpdateExpression: "ADD #count :count SET lastSequenceNumber = :last",
          ConditionExpression: "attribute_not_exists(lastSequenceNumber) OR lastSequenceNumber < :first",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: {
            ":count": { N: String(sequenceNumbers.length) },
            ":first": { S: first },
            ":last": { S: last },
          },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const fence = error.Item?.lastSequenceNumber?.S;
      if (fence === undefined) throw error;
      return fence;
    }
  };

  const queryOne = async (electionId: string, regionId: string): Promise<Histogram> => {
    const rows: Histogram[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          ...COUNTED,
          TableName: tableName,
          KeyConditionExpression: "contest = :contest",
          ExpressionAttributeValues: { ":contest": { S: contestKey(electionId, regionId) } },
          ...(start !== undefined && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) rows.push(histogramIn(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return sumHistograms(rows);
  };

  /** By contest's key, for all contests of an election that were counted in. */
  const scan = async (electionId: string): Promise<ReadonlyMap<string, Histogram>> => {
    const rows = new Map<string, Histogram[]>();
    const readSegment = async (Segment: number): Promise<void> => {
      const pages = paginateScan(
        { client },
        {
          ...COUNTED,
          TableName: tableName,
          FilterExpression: "begins_with(contest, :election)",
          ExpressionAttributeValues: { ":election": { S: contestKey(electionId, "") } },
          Segment,
          TotalSegments: SEGMENTS,
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const contest = item.contest?.S ?? "";
          const ofContest = rows.get(contest) ?? [];
          rows.set(contest, ofContest);
          ofContest.push(histogramIn(item));
        }
      }
    };
    await Promise.all(Array.from({ length: SEGMENTS }, (_, segment) => readSegment(segment)));
    return new Map([...rows].map(([contest, ofContest]) => [contest, sumHistograms(ofContest)]));
  };

  return {
    async add(increment) {
      let left: Increment | undefined = increment;
      while (left !== undefined) {
        const fence = await tryAdd(left);
        if (fence === undefined) return left.sequenceNumbers.length;
        left = beyondFence(left, fence);
      }
      return 0;
    },

    histogramOf: queryOne,

    async histogramsOf(electionId, regionIds) {
      if (regionIds.length >= CONTESTS_FOR_A_SCAN) {
        const all = await scan(electionId);
        return new Map(regionIds.map((id) => [id, all.get(contestKey(electionId, id)) ?? new Map()]));
      }
      return new Map(await Promise.all(regionIds.map(async (id) => [id, await queryOne(electionId, id)] as const)));
    },
  };
}
