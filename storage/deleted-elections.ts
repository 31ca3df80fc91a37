import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { canNameElection } from "#storage/definition-parts.ts";

/** What is kept of a deleted election: that there was one, and who deleted it. Stands beside the elections, as their parts do. */

const DeletionRecord = z.object({
  /** In both languages, as "Mairie / Mayor". */
  title: z.string(),
  at: z.iso.datetime(),
  who: z.string(),
  reason: z.optional(z.string()),
  /** Voters that were on its roll. */
  voters: z.int().check(z.nonnegative()),
  /** False while something of it may still be there. */
  isFinished: z.boolean(),
});
export type DeletionRecord = Readonly<z.infer<typeof DeletionRecord>>;

type Elections = Readonly<{ documents: DynamoDBDocumentClient; electionsTable: string }>;

/** An election's item as it was read. */
type AsRead = Readonly<{ definition: string; opening: string | undefined; importsBegun: number | undefined }>;

const keyOf = (electionId: string): string => `${electionId}#deleted`;
export const isDeletionKey = (key: string): boolean => key.endsWith("#deleted");

/** The latest deletion of an election with this id; undefined when there was none. */
export async function findDeletion(
  { documents, electionsTable }: Elections,
  electionId: string,
): Promise<DeletionRecord | undefined> {
  if (!canNameElection(electionId)) return undefined;
  const Key = { electionId: keyOf(electionId) };
  const { Item } = await documents.send(new GetCommand({ TableName: electionsTable, Key, ConsistentRead: true }));
  return z.optional(DeletionRecord).parse(Item);
}

/** All elections that were deleted, by id: the latest deletion of each. */
export async function listDeletions({
  documents: client,
  electionsTable: TableName,
}: Elections): Promise<readonly Readonly<{ electionId: string; record: DeletionRecord }>[]> {
  const found: { electionId: string; record: DeletionRecord }[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName,
      ConsistentRead: true,
      FilterExpression: "contains(electionId, :deleted)",
      ExpressionAttributeValues: { ":deleted": keyOf("") },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { electionId, ...record } of Items) {
      found.push({ electionId: String(electionId).slice(0, -keyOf("").length), record: DeletionRecord.parse(record) });
    }
  }
  return found.sort((a, b) => a.electionId.localeCompare(b.electionId, "en", { numeric: true }));
}

/** Records the deletion and takes the election out, both or neither. False when it has changed since it was read. */
export async function recordDeletion(
  { documents, electionsTable: TableName }: Elections,
  electionId: string,
  { definition, opening, importsBegun }: AsRead,
  record: DeletionRecord,
): Promise<boolean> {
  const isAsRead = (name: string, value: unknown): string =>
    value === undefined ? `attribute_not_exists(${name})` : `${name} = :${name.replace("#", "")}`;
  const read = { "#definition": definition, opening, importsBegun };
  const known = Object.entries(read).filter(([, value]) => value !== undefined);
  const Delete = {
    TableName,
    Key: { electionId },
    ConditionExpression: [
      "attribute_not_exists(rollImports)",
      ...Object.entries(read).map(([name, value]) => isAsRead(name, value)),
    ].join(" AND "),
    // A reserved word of DynamoDB.
    ExpressionAttributeNames: { "#definition": "definition" },
    ExpressionAttributeValues: Object.fromEntries(known.map(([name, value]) => [`:${name.replace("#", "")}`, value])),
  };
  const Put = { TableName, Item: { electionId: keyOf(electionId), ...record } };
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: [{ Put }, { Delete }] }));
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return false;
    throw error;
  }
}

/** Records that nothing of it is left. */
export async function finishDeletion(
  { documents, electionsTable: TableName }: Elections,
  electionId: string,
  record: DeletionRecord,
): Promise<DeletionRecord> {
  const finished = { ...record, isFinished: true };
  await documents.send(new PutCommand({ TableName, Item: { electionId: keyOf(electionId), ...finished } }));
  return finished;
}
