import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { readRejectedAttempts } from "#admin/rejected-attempts/stored.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";

/** The audit export: everything that happened to an election, a JSON object a line, without choices, credentials or hashes. */

const StoredBallot = z.object({ trackingCode: z.string(), castAt: z.string() });

type Line = Readonly<{ kind: "election" | "state-change" | "accepted" | "rejected" | "end" } & Record<string, unknown>>;

export type AuditSummary = Readonly<{
  stateChanges: number;
  /** Ballots in the box. */
  accepted: number;
  /** Rejected attempts, counting at most 1,000 per voter and reason. */
  rejected: number;
}>;

/** Items of a table; in AWS a count up to six hours old. */
async function itemsIn({ documents }: Connection, table: string): Promise<number> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }));
  return Table?.ItemCount ?? 0;
}

async function* readBallots(
  { documents, votesTable }: Connection,
  electionId: string,
  onScanned: (items: number) => void,
): AsyncGenerator<z.infer<typeof StoredBallot>> {
  const pages = paginateScan(
    { client: documents },
    {
      TableName: votesTable,
      ConsistentRead: true,
      FilterExpression: "electionId = :electionId",
      // Envelope and hash never leave the table.
      ProjectionExpression: "trackingCode, castAt",
      ExpressionAttributeValues: { ":electionId": electionId },
    },
  );
  for await (const { Items = [], ScannedCount = 0 } of pages) {
    yield* z.array(StoredBallot).parse(Items);
    onScanned(ScannedCount);
  }
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
  const { definition, stateChanges } = await requireElection(connection, electionId, "apply its definition first");
  const expected = await itemsIn(connection, connection.votesTable);
  let accepted = 0;
  let rejected = 0;

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
    for await (const { reason, trackingCodes, firstAt, lastAt } of readRejectedAttempts(connection, electionId)) {
      rejected += trackingCodes.length;
      yield { kind: "rejected", reason, attempts: trackingCodes.length, trackingCodes, firstAt, lastAt };
    }
    yield { kind: "end", stateChanges: stateChanges.length, accepted, rejected };
  }
  async function* text(): AsyncGenerator<string> {
    for await (const line of lines()) yield `${JSON.stringify(line)}\n`;
  }
  await writeWholeFile(out, text());
  return { stateChanges: stateChanges.length, accepted, rejected };
}
