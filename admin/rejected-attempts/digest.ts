import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { type RejectedAttempts, readRejectedAttempts } from "#admin/rejected-attempts/stored.ts";
import type { Rejection } from "#storage/keys.ts";

export type RejectionDigest = Readonly<{
  /** Voters and attempts by reason. */
  totals: Readonly<Record<Rejection, Readonly<{ voters: number; attempts: number }>>>;
  /** The rows with the latest attempts, latest first. */
  latest: readonly RejectedAttempts[];
}>;

/** Counts an election's rejected attempts, and keeps the latest rows, at most `most`. */
export async function digestRejectedAttempts(
  connection: Connection,
  electionId: string,
  most: number,
): Promise<RejectionDigest> {
  await requireElection(connection, electionId);
  const none = () => ({ voters: 0, attempts: 0 });
  const totals = {
    ...{ duplicate: none(), "unknown-credentials": none(), "wrong-region": none() },
    ...{ reissued: none(), removed: none(), moved: none(), "voted-elsewhere": none() },
  };
  let latest: RejectedAttempts[] = [];
  const keepLatest = () => {
    latest = latest.sort((a, b) => b.lastAt.localeCompare(a.lastAt) || a.voter.localeCompare(b.voter)).slice(0, most);
  };
  for await (const row of readRejectedAttempts(connection, electionId)) {
    totals[row.reason].voters++;
    totals[row.reason].attempts += row.trackingCodes.length;
    latest.push(row);
    if (latest.length >= most + 1000) keepLatest();
  }
  keepLatest();
  return { totals, latest };
}
