import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { AUDIT_OUTCOMES, type ConsoleAct, type RecordedChanges } from "#core/audit.ts";
import { END, NO_ELECTION } from "#storage/audit-table.ts";

/** Reads what was done in the console, and what is recorded with the elections. */

const row = { electionId: z.string(), row: z.string() };
const StoredAct = z.object({
  ...row,
  at: z.iso.datetime(),
  act: z.string(),
  who: z.string(),
  subject: z.string(),
  address: z.string(),
  reason: z.optional(z.string()),
});
const StoredEnd = z.object({ ...row, untilMs: z.number(), outcome: z.enum(AUDIT_OUTCOMES) });
type StoredAct = z.infer<typeof StoredAct>;
type StoredEnd = z.infer<typeof StoredEnd>;

/** Acts of an election, or of all, in a span of time. */
export type AuditSpan = Readonly<{
  electionId?: string | undefined;
  /** Inclusive. */
  fromMs?: number | undefined;
  /** Exclusive. */
  toMs?: number | undefined;
}>;

/** No function behind the API works longer: one that never told its end had recorded what it did by then. */
export const LONGEST_ACT_MS = 60_000;

function actOf({ electionId, row: id, at, ...told }: StoredAct, end: StoredEnd | undefined): ConsoleAct {
  const atMs = Date.parse(at);
  return {
    ...told,
    id,
    electionId: electionId === NO_ELECTION ? undefined : electionId,
    atMs,
    untilMs: end?.untilMs ?? atMs + LONGEST_ACT_MS,
    reason: told.reason,
    outcome: end?.outcome ?? "failed",
  };
}

/** Rows begin with an instant. */
const FIRST_MS = 0;
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");
const instant = (ms: number): string => new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString();

/** Follows every row of an instant, which goes on with `#`. */
const LAST_OF_INSTANT = "$";

/** What the console recorded, in no order between elections. */
export async function consoleActs(
  client: DynamoDBDocumentClient,
  TableName: string,
  { electionId, fromMs = FIRST_MS, toMs = LAST_MS }: AuditSpan,
): Promise<readonly ConsoleAct[]> {
  if (toMs <= fromMs) return [];
  const span = { ":from": instant(fromMs), ":to": instant(toMs - 1) + LAST_OF_INSTANT };
  const names = { "#row": "row" };
  const pages =
    electionId === undefined
      ? paginateScan(
          { client },
          {
            TableName,
            ConsistentRead: true,
            FilterExpression: "#row BETWEEN :from AND :to",
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: span,
          },
        )
      : paginateQuery(
          { client },
          {
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: "electionId = :election AND #row BETWEEN :from AND :to",
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: { ...span, ":election": electionId },
          },
        );
  const begun: StoredAct[] = [];
  const ends = new Map<string, StoredEnd>();
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      if (String(item.row).endsWith(END)) ends.set(String(item.row), StoredEnd.parse(item));
      else begun.push(StoredAct.parse(item));
    }
  }
  return begun.map((act) => actOf(act, ends.get(act.row + END)));
}

const Recorded = z.object({
  electionId: z.string(),
  stateChanges: z.array(z.object({ at: z.iso.datetime(), what: z.string(), who: z.string() })),
});

/** What is recorded with an election, or with all, without reading their definitions. */
export async function* recordedChanges(
  client: DynamoDBDocumentClient,
  TableName: string,
  electionId?: string,
): AsyncGenerator<RecordedChanges> {
  const wanted = { TableName, ConsistentRead: true, ProjectionExpression: "electionId, stateChanges" };
  const pages =
    electionId === undefined
      ? paginateScan({ client }, { ...wanted, FilterExpression: "attribute_exists(stateChanges)" })
      : paginateQuery(
          { client },
          {
            ...wanted,
            KeyConditionExpression: "electionId = :election",
            ExpressionAttributeValues: { ":election": electionId },
          },
        );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const read = Recorded.safeParse(item);
      if (read.success) yield { electionId: read.data.electionId, changes: read.data.stateChanges };
    }
  }
}
