import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { AUDIT_OUTCOMES, type ConsoleAct, type RecordedChanges } from "#core/audit.ts";

/** Reads what was done in the console, and what is recorded with the elections. */

const StoredAct = z.object({
  electionId: z.string(),
  row: z.string(),
  at: z.iso.datetime(),
  untilMs: z.optional(z.number()),
  act: z.string(),
  who: z.string(),
  subject: z.string(),
  address: z.string(),
  reason: z.optional(z.string()),
  outcome: z.enum(AUDIT_OUTCOMES),
});

/** The partition of what is about no one election. */
export const NO_ELECTION = "-";

/** Acts of an election, or of all, in a span of time. */
export type AuditSpan = Readonly<{
  electionId?: string | undefined;
  /** Inclusive. */
  fromMs?: number | undefined;
  /** Exclusive. */
  toMs?: number | undefined;
}>;

function actOf(item: unknown): ConsoleAct {
  const { electionId, row, at, untilMs, act, who, subject, address, reason, outcome } = StoredAct.parse(item);
  const atMs = Date.parse(at);
  return {
    id: row,
    electionId: electionId === NO_ELECTION ? undefined : electionId,
    atMs,
    untilMs: untilMs ?? atMs,
    act,
    who,
    subject,
    address,
    reason,
    outcome,
  };
}

/** Rows begin with an instant. */
const FIRST_MS = 0;
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");
const instant = (ms: number): string => new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString();

/** Follows every row of an instant, which goes on with `#`. */
const LAST_OF_INSTANT = "$";

/** What the console recorded, in pages as DynamoDB has them and in no order between elections. */
export async function* consoleActs(
  client: DynamoDBDocumentClient,
  TableName: string,
  { electionId, fromMs = FIRST_MS, toMs = LAST_MS }: AuditSpan,
): AsyncGenerator<ConsoleAct> {
  if (toMs <= fromMs) return;
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
  for await (const { Items = [] } of pages) yield* Items.map(actOf);
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
