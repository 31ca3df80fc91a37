import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { writeWholeFile } from "#admin/certification/written-file.ts";
import type { Connection } from "#admin/connection/connection.ts";
import type { OnProgress } from "#admin/progress.ts";
import { readReview } from "#admin/rejected-attempts/digest.ts";
import { Refusal } from "#core/refusal.ts";
import { findElection } from "#storage/election-register.ts";

/**
 * The audit export: one JSON object a line for everything that happened to an election. What was chosen, by whom, under
 * which credentials or hash is in no line. Memory holds one page of a table.
 */

const StoredBallot = z.object({ trackingCode: z.string(), castAt: z.string() });

type Line = Readonly<{ kind: "election" | "state-change" | "accepted" | "refused" | "end" } & Record<string, unknown>>;

export type AuditSummary = Readonly<{
  stateChanges: number;
  /** Ballots in the box. */
  accepted: number;
  /** Attempts refused, of which at most 1,000 a voter and reason are told apart. */
  refused: number;
}>;

/** Items of a table as DynamoDB last counted them: live on a laptop, up to six hours old in AWS. */
async function itemsIn({ documents }: Connection, table: string): Promise<number> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }));
  return Table?.ItemCount ?? 0;
}

async function* readBallots(
  { documents, votesTable }: Connection,
  electionId: string,
  onScanned: (items: number) => void,
): AsyncGenerator<z.infer<typeof StoredBallot>> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: votesTable,
        ConsistentRead: true,
        FilterExpression: "electionId = :electionId",
        // The envelope and the hash never leave the table.
        ProjectionExpression: "trackingCode, castAt",
        ExpressionAttributeValues: { ":electionId": electionId },
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) yield StoredBallot.parse(item);
    onScanned(page.ScannedCount ?? 0);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/**
 * Writes every state change and every attempt of an election to a file as NDJSON: first the election, last a line with the
 * counts. Throws Refusal when there is no such election or the file cannot be written.
 */
export async function exportAudit(
  connection: Connection,
  electionId: string,
  out: string,
  { onProgress, atMs = Date.now() }: Readonly<{ onProgress?: OnProgress; atMs?: number }> = {},
): Promise<AuditSummary> {
  const election = await findElection(connection, electionId);
  if (election === undefined) throw new Refusal(`There is no election ${electionId}: apply its definition first.`);
  const { definition, stateChanges } = election;
  const expected = await itemsIn(connection, connection.votesTable);
  let accepted = 0;
  let refused = 0;

  async function* lines(): AsyncGenerator<Line> {
    const { title, votingMethod, opensAt, closesAt } = definition;
    const exportedAt = new Date(atMs).toISOString();
    yield { kind: "election", electionId, title, votingMethod, opensAt, closesAt, exportedAt };
    for (const change of stateChanges) yield { kind: "state-change", ...change };
    let scanned = 0;
    const onScanned = (items: number) => {
      scanned += items;
      onProgress?.({ step: "accepted", done: scanned, total: Math.max(scanned, expected) });
    };
    for await (const { trackingCode, castAt } of readBallots(connection, electionId, onScanned)) {
      accepted++;
      yield { kind: "accepted", trackingCode, castAt };
    }
    for await (const { reason, trackingCodes, firstAt, lastAt } of readReview(connection, electionId)) {
      refused += trackingCodes.length;
      yield { kind: "refused", reason, attempts: trackingCodes.length, trackingCodes, firstAt, lastAt };
    }
    yield { kind: "end", stateChanges: stateChanges.length, accepted, refused };
  }
  async function* text(): AsyncGenerator<string> {
    for await (const line of lines()) yield `${JSON.stringify(line)}\n`;
  }
  await writeWholeFile(out, text());
  return { stateChanges: stateChanges.length, accepted, refused };
}
