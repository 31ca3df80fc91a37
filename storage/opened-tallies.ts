import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import type { Tally } from "#core/results.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { sheetKey, tallyRowKey } from "#storage/keys.ts";
import { openedPlaceOf, openedSheets } from "#storage/tally-sheet.ts";

/**
 * What trustees opened, put into the tallies: on the sheets that ballots of other elections are counted on, beside the sheets of those that
 * were counted while they came. The election is marked last, and readers look here only once it is (Reading.isOpened): they see all of
 * it or nothing, however often this is killed and begun again.
 */

type Kept = Readonly<{ documents: DynamoDBDocumentClient; talliesTable: string; electionsTable: string }>;
type Row = Readonly<{ sheet: string; row: string; counts: Map<string, number> }>;

/** In place of a stream's shard: no shard is named so. */
const OPENED = "opened";
const WRITTEN_AT_ONCE = 25;

const Key = z.object({ sheet: z.string(), row: z.string() });
const Marked = z.optional(z.object({ opened: z.optional(z.string()) }));

const rowId = ({ sheet, row }: z.infer<typeof Key>): string => `${sheet}\n${row}`;

/** The rows of these counts, each with the cells of its sheet. */
function rowsFor(definition: ElectionDefinition, counts: ReadonlyMap<string, Tally>): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const [regionId, tally] of counts) {
    for (const [interpretation, count] of tally) {
      if (count === 0) continue;
      const { sheet, alone, cell } = openedPlaceOf(definition, regionId, interpretation);
      const key = { sheet: sheetKey(definition.electionId, sheet), row: tallyRowKey(OPENED, alone) };
      const row = rows.get(rowId(key)) ?? { ...key, counts: new Map<string, number>() };
      rows.set(rowId(key), row);
      row.counts.set(cell, count);
    }
  }
  return rows;
}

/** What tells these counts from others, whatever their order. */
function digestOf(counts: ReadonlyMap<string, Tally>): string {
  const written = [...counts].map(([regionId, tally]) => [
    regionId,
    Object.fromEntries([...tally].filter(([, count]) => count > 0)),
  ]);
  return sha256Hex(canonicalJson(Object.fromEntries(written)));
}

/** Runs writes, some at a time. */
async function inTurn<T>(items: readonly T[], write: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += WRITTEN_AT_ONCE) {
    await Promise.all(items.slice(start, start + WRITTEN_AT_ONCE).map(write));
  }
}

/** The keys of all rows on an election's sheets of opened counts. */
async function keysThere(kept: Kept, definition: ElectionDefinition): Promise<readonly z.infer<typeof Key>[]> {
  const keys: z.infer<typeof Key>[] = [];
  for (const sheet of openedSheets(definition)) {
    const asked = {
      TableName: kept.talliesTable,
      ConsistentRead: true,
      KeyConditionExpression: "sheet = :sheet",
      ProjectionExpression: "sheet, #row",
      ExpressionAttributeNames: { "#row": "row" },
      ExpressionAttributeValues: { ":sheet": sheetKey(definition.electionId, sheet) },
    };
    for await (const { Items = [] } of paginateQuery({ client: kept.documents }, asked))
      keys.push(...Items.map((item) => Key.parse(item)));
  }
  return keys;
}

const otherCounts = (electionId: string): Refusal =>
  new Refusal(
    `Other counts of election ${electionId} stand in the tallies already: what was opened is certified once. Compare this bundle with the one that was certified.`,
    `D’autres comptes de l’élection ${electionId} sont déjà inscrits\u00a0: ce qui est ouvert se certifie une seule fois. Comparez ce dossier avec celui qui a été certifié.`,
  );

/**
 * Writes the counts of opened ballots, by region and then as countBallot counts them; what was set aside is among the spoiled.
 * @returns whether they were there already
 * @throws Refusal when the election is marked with other counts; RangeError for a region that it does not have
 */
export async function writeOpenedTallies(
  kept: Kept,
  definition: ElectionDefinition,
  counts: ReadonlyMap<string, Tally>,
): Promise<"written" | "already-written"> {
  const { documents, talliesTable, electionsTable } = kept;
  const { electionId } = definition;
  const regionIds = contestRegionIds(definition);
  for (const regionId of counts.keys())
    if (!regionIds.includes(regionId)) throw new RangeError(`election ${electionId} has no region ${regionId}`);
  const digest = digestOf(counts);
  const asked = { TableName: electionsTable, Key: { electionId }, ConsistentRead: true };
  const marked = Marked.parse((await documents.send(new GetCommand(asked))).Item)?.opened;
  if (marked === digest) return "already-written";
  if (marked !== undefined) throw otherCounts(electionId);

  const rows = rowsFor(definition, counts);
  // Of a run that was killed, with a bundle that did not become the certified one.
  const left = (await keysThere(kept, definition)).filter((key) => !rows.has(rowId(key)));
  await inTurn(left, (Key) => documents.send(new DeleteCommand({ TableName: talliesTable, Key })));
  await inTurn([...rows.values()], ({ counts: cells, ...key }) => {
    const Item = { ...key, ...Object.fromEntries(cells) };
    return documents.send(new PutCommand({ TableName: talliesTable, Item }));
  });
  try {
    await documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression: "SET opened = :digest",
        ConditionExpression: "attribute_exists(electionId) AND (attribute_not_exists(opened) OR opened = :digest)",
        ExpressionAttributeValues: { ":digest": digest },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw otherCounts(electionId);
    throw error;
  }
  return "written";
}
