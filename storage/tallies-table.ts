import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Tally } from "#core/results.ts";
import { type BallotInCells, ballotsByCell, beyondFence, type Increment } from "#storage/increment.ts";
import { readCell, sheetKey } from "#storage/keys.ts";
import { openedSheets, resultSheets } from "#storage/tally-sheet.ts";
import { TURNOUT } from "#storage/turnout-sheet.ts";

/** A row of a tally sheet: one shard's counts by cell, and its fence, if any. */
export type TallyRow = Readonly<{
  sheet: string;
  row: string;
  fence: string | undefined;
  counts: ReadonlyMap<string, number>;
}>;

export type Reading = Readonly<{
  /** Whether everything written before must be seen, which costs twice as much. */
  isConsistent?: boolean;
  /** Whether trustees have opened the ballots: until then only how many there are is counted. Nothing at another level of trust. */
  isOpened?: boolean | undefined;
}>;

export type Tallies = Readonly<{
  /** Adds an increment exactly once, however often all or part of it is repeated. Returns the ballots that it added. */
  add(increment: Increment): Promise<readonly BallotInCells[]>;
  /**
   * Counts by region, in the definition's order, then by selection, with all shards summed. Sheets are read apart from each
   * other, so ballots counted meanwhile may be in some and not in others.
   */
  ofElection(definition: ElectionDefinition, reading?: Reading): Promise<ReadonlyMap<string, Tally>>;
  /** Ballots by the quarter-hour in which they were cast. */
  turnoutOf(electionId: string): Promise<Tally>;
  /** Every row of the sheets on which an election's ballots are counted as they come, sheet by sheet, turnout's last; reads consistently. */
  rowsOf(definition: ElectionDefinition): Promise<readonly TallyRow[]>;
}>;

/** Sheets read at once: as many as the SDK has connections. */
const READ_AT_ONCE = 50;

function tallyRow({ sheet, row, lastSequenceNumber, ...counts }: Record<string, AttributeValue>): TallyRow {
  return {
    sheet: sheet?.S ?? "",
    row: row?.S ?? "",
    fence: lastSequenceNumber?.S,
    counts: new Map(Object.entries(counts).map(([cell, count]) => [cell, Number(count.N ?? 0)])),
  };
}

/** The rows' counts with all shards summed, by region; turnout has a name of its own. */
export function talliesIn(rows: readonly TallyRow[]): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Map<string, number>>();
  for (const { counts } of rows) {
    for (const [cell, count] of counts) {
      const { regionId, interpretation } = readCell(cell) ?? {};
      if (regionId === undefined || interpretation === undefined) continue;
      const tally = tallies.get(regionId) ?? new Map<string, number>();
      tallies.set(regionId, tally);
      tally.set(interpretation, (tally.get(interpretation) ?? 0) + count);
    }
  }
  return tallies;
}

/** Names and values of an update that adds to these cells, whose expression is far below DynamoDB's 4 kB. */
export function addingTo(counts: ReadonlyMap<string, number>) {
  const cells = [...counts];
  return {
    expression: `ADD ${cells.map((_, index) => `#c${index} :c${index}`).join(", ")}`,
    names: Object.fromEntries(cells.map(([cell], index) => [`#c${index}`, cell])),
    values: Object.fromEntries(cells.map(([, count], index) => [`:c${index}`, { N: String(count) }])),
  };
}

export function talliesTable(client: DynamoDBClient, tableName: string): Tallies {
  /** The row's fence when it is at or above the increment's first ballot; undefined when the increment was added. */
  const tryAdd = async ({ sheet, row, ballots }: Increment): Promise<string | undefined> => {
    const first = ballots[0]?.sequenceNumber;
    const last = ballots.at(-1)?.sequenceNumber;
    if (first === undefined || last === undefined) throw new RangeError("an increment holds at least one ballot");
    const { expression, names, values } = addingTo(ballotsByCell(ballots));
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { sheet: { S: sheet }, row: { S: row } },
          UpdateExpression: `${expression} SET lastSequenceNumber = :last`,
          ConditionExpression: "attribute_not_exists(lastSequenceNumber) OR lastSequenceNumber < :first",
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ...values, ":first": { S: first }, ":last": { S: last } },
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

  const readSheet = async (key: string, isConsistent: boolean): Promise<readonly TallyRow[]> => {
    const rows: TallyRow[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: isConsistent,
        KeyConditionExpression: "sheet = :sheet",
        ExpressionAttributeValues: { ":sheet": { S: key } },
      },
    );
    for await (const { Items = [] } of pages) rows.push(...Items.map(tallyRow));
    return rows;
  };

  const readSheets = async (
    electionId: string,
    sheets: readonly string[],
    { isConsistent = false }: Pick<Reading, "isConsistent"> = {},
  ): Promise<readonly TallyRow[]> => {
    const rows: (readonly TallyRow[])[] = [];
    // Readers share one iterator, so each sheet is read once.
    const left = sheets.entries();
    const readOn = async (): Promise<void> => {
      for (const [index, sheet] of left) rows[index] = await readSheet(sheetKey(electionId, sheet), isConsistent);
    };
    await Promise.all(Array.from({ length: Math.min(READ_AT_ONCE, sheets.length) }, readOn));
    return rows.flat();
  };

  return {
    async add(increment) {
      let left: Increment | undefined = increment;
      while (left !== undefined) {
        const fence = await tryAdd(left);
        if (fence === undefined) return left.ballots;
        left = beyondFence(left, fence);
      }
      return [];
    },

    async ofElection(definition, reading) {
      const sheets = reading?.isOpened === true ? openedSheets(definition) : resultSheets(definition);
      const found = talliesIn(await readSheets(definition.electionId, sheets, reading));
      return new Map(contestRegionIds(definition).map((regionId) => [regionId, found.get(regionId) ?? new Map()]));
    },

    async turnoutOf(electionId) {
      return talliesIn(await readSheets(electionId, [TURNOUT])).get(TURNOUT) ?? new Map();
    },

    rowsOf: (definition) =>
      readSheets(definition.electionId, [...resultSheets(definition), TURNOUT], { isConsistent: true }),
  };
}
