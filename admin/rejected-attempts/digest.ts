import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { writeWholeFile } from "#admin/certification/written-file.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { Refusal } from "#core/refusal.ts";
import { findElection } from "#storage/election-register.ts";
import { hashOf, REVIEW_OUTCOMES, type ReviewOutcome, reviewBucketKeys } from "#storage/keys.ts";

/**
 * Refused attempts as an officer may see them: why, how often and when. Not the credentials, which nobody keeps, nor the
 * choice, which stays sealed; the voter's hash is cut short, enough to tell rows apart.
 */

export type Refusals = Readonly<{
  /** The first VOTER_CHARACTERS of the voter's hash: the same voter's rows carry the same. */
  voter: string;
  reason: ReviewOutcome;
  /** Tracking codes handed out for these attempts, at most 1,000; beyond that only `lastAt` moves. */
  trackingCodes: readonly string[];
  /** ISO 8601, to the minute. */
  firstAt: string;
  lastAt: string;
}>;

/** 48 bits: among a million voters in review, two share them with a probability of 0.2 %. */
const VOTER_CHARACTERS = 8;

const StoredRefusals = z.object({
  row: z.string(),
  reason: z.enum(REVIEW_OUTCOMES),
  trackingCodes: z.set(z.string()).default(new Set()),
  firstAt: z.string(),
  lastAt: z.string(),
});

/** Everything refused in an election, one voter and reason at a time, in no order. Keeps one page in memory. */
export async function* readReview(
  { documents, reviewTable }: Connection,
  electionId: string,
): AsyncGenerator<Refusals> {
  for (const bucket of reviewBucketKeys(electionId)) {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: reviewTable,
          KeyConditionExpression: "#bucket = :bucket",
          ExpressionAttributeNames: { "#bucket": "bucket" },
          ExpressionAttributeValues: { ":bucket": bucket },
          ConsistentRead: true,
          ...(start !== undefined && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of Items) {
        const { row, trackingCodes, ...rest } = StoredRefusals.parse(item);
        yield { voter: hashOf(row).slice(0, VOTER_CHARACTERS), trackingCodes: [...trackingCodes].sort(), ...rest };
      }
      start = LastEvaluatedKey;
    } while (start !== undefined);
  }
}

/** Refuses an election that is not registered: a slip of the key would otherwise look like an election without refusals. */
async function requireElection(connection: Connection, electionId: string): Promise<void> {
  if ((await findElection(connection, electionId)) !== undefined) return;
  throw new Refusal(`There is no election ${electionId}: see scrutin election list.`);
}

export type ReviewDigest = Readonly<{
  /** Voters and attempts by reason. */
  totals: Readonly<Record<ReviewOutcome, Readonly<{ voters: number; attempts: number }>>>;
  /** The rows with the latest attempts, latest first. */
  latest: readonly Refusals[];
}>;

/** Sums up an election's review, and keeps the rows with the latest attempts, at most `most`. */
export async function digestReview(connection: Connection, electionId: string, most: number): Promise<ReviewDigest> {
  await requireElection(connection, electionId);
  const none = () => ({ voters: 0, attempts: 0 });
  const totals = { duplicate: none(), "unknown-credentials": none(), "wrong-region": none() };
  let latest: Refusals[] = [];
  const keepLatest = () => {
    latest = latest.sort((a, b) => b.lastAt.localeCompare(a.lastAt) || a.voter.localeCompare(b.voter)).slice(0, most);
  };
  for await (const row of readReview(connection, electionId)) {
    totals[row.reason].voters++;
    totals[row.reason].attempts += row.trackingCodes.length;
    latest.push(row);
    if (latest.length >= most + 1000) keepLatest();
  }
  keepLatest();
  return { totals, latest };
}

const COLUMNS = ["voter", "reason", "attempts", "first_at", "last_at"] as const;

function lineOf({ voter, reason, trackingCodes, firstAt, lastAt }: Refusals, asCsv: boolean): string {
  const values = [voter, reason, trackingCodes.length, firstAt, lastAt];
  // No value holds a comma or a quotation mark: base64url, a word, a number, two times.
  if (asCsv) return `${values.join(",")}\n`;
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((name, index) => [name, values[index]])))}\n`;
}

/** Writes an election's review to a file, CSV when its name ends in .csv and NDJSON otherwise; gives the number of rows. */
export async function exportReview(connection: Connection, electionId: string, out: string): Promise<number> {
  await requireElection(connection, electionId);
  const asCsv = out.toLowerCase().endsWith(".csv");
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    if (asCsv) yield `${COLUMNS.join(",")}\n`;
    for await (const row of readReview(connection, electionId)) {
      rows++;
      yield lineOf(row, asCsv);
    }
  }
  await writeWholeFile(out, lines());
  return rows;
}
