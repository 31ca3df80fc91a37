import { createSecretKey } from "node:crypto";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { readRejectedAttempts } from "#admin/rejected-attempts/stored.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";
import { readStampKey, stampKeyLost } from "#storage/election-secrets.ts";
import { isStamped } from "#storage/stamp.ts";
import { storedBallots } from "#storage/stored-ballots.ts";
import { stampedStrike } from "#storage/strike-mark.ts";

/** The audit export: everything that happened to an election, a JSON object a line, without choices, credentials or hashes. */

const TRACKING_CODE = new RegExp(TRACKING_CODE_PATTERN);

type Line = Readonly<
  { kind: "election" | "state-change" | "struck" | "accepted" | "unstamped" | "rejected" | "end" } & Record<
    string,
    unknown
  >
>;

export type AuditSummary = Readonly<{
  stateChanges: number;
  /** Codes that were struck off before a ballot was cast with them. */
  struck: number;
  /** Ballots in the box that bear their stamp. */
  accepted: number;
  /** Items in the box that do not: somebody else wrote them. */
  unstamped: number;
  /** Rejected attempts, counting at most 1,000 per voter and reason. */
  rejected: number;
}>;

/** Items of a table; in AWS a count up to six hours old. */
async function itemsIn({ documents }: Connection, table: string): Promise<number> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }));
  return Table?.ItemCount ?? 0;
}

/**
 * Writes every state change and every attempt of an election to a file as NDJSON: first the election, last a line with the
 * counts. Throws Refusal when there is no such election, its stamp key is missing, or the file cannot be written.
 */
export async function exportAudit(
  connection: Connection,
  electionId: string,
  out: string,
  { onProgress, atMs = Date.now() }: Readonly<{ onProgress?: OnProgress; atMs?: number }> = {},
): Promise<AuditSummary> {
  const { definition, stateChanges } = await requireElection(connection, electionId, "apply its definition first");
  const expected = await itemsIn(connection, connection.votesTable);
  const stampKey = await readStampKey(connection, electionId);
  if (stampKey === undefined) throw stampKeyLost(electionId);
  const key = createSecretKey(stampKey);
  let accepted = 0;
  let unstamped = 0;
  let struck = 0;
  let rejected = 0;

  async function* lines(): AsyncGenerator<Line> {
    const { title, votingMethod, opensAt, closesAt, cancelled } = definition;
    const exportedAt = new Date(atMs).toISOString();
    yield { kind: "election", electionId, title, votingMethod, opensAt, closesAt, cancelled, exportedAt };
    for (const change of stateChanges) yield { kind: "state-change", ...change };
    let done = 0;
    const { dynamodb, votesTable } = connection;
    for await (const { ballots, scanned } of storedBallots(dynamodb, votesTable, { electionId })) {
      for (const ballot of ballots) {
        const { trackingCode, castAt } = ballot;
        const strike = stampedStrike(key, ballot);
        if (strike !== undefined) {
          struck++;
          yield { kind: "struck", why: strike, at: castAt };
          continue;
        }
        if (isStamped(key, ballot)) {
          accepted++;
          yield { kind: "accepted", trackingCode, castAt };
        } else {
          unstamped++;
          // Nothing else that it says is believed.
          yield { kind: "unstamped", trackingCode: TRACKING_CODE.test(trackingCode) ? trackingCode : null };
        }
      }
      done += scanned;
      onProgress?.({ step: "accepted", done, total: Math.max(done, expected) });
    }
    for await (const { reason, trackingCodes, firstAt, lastAt } of readRejectedAttempts(connection, electionId)) {
      rejected += trackingCodes.length;
      yield { kind: "rejected", reason, attempts: trackingCodes.length, trackingCodes, firstAt, lastAt };
    }
    yield { kind: "end", stateChanges: stateChanges.length, struck, accepted, unstamped, rejected };
  }
  async function* text(): AsyncGenerator<string> {
    for await (const line of lines()) yield `${JSON.stringify(line)}\n`;
  }
  await writeWholeFile(out, text());
  return { stateChanges: stateChanges.length, struck, accepted, unstamped, rejected };
}
