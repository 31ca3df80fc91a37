import type { Connection } from "#admin/connection/connection.ts";
import { type StoredBallot, storedBallots } from "#storage/stored-ballots.ts";

/** Segments of the scan, read in parallel. */
const SCAN_SEGMENTS = 8;

/** Reads every ballot of an election in no order; pages may overlap. The voters' hashes among them never leave this machine. */
export async function readStoredBallots(
  { dynamodb, votesTable }: Connection,
  electionId: string,
  onPage: (ballots: readonly StoredBallot[]) => Promise<void>,
): Promise<void> {
  const readSegment = async (segment: number): Promise<void> => {
    for await (const { ballots } of storedBallots(dynamodb, votesTable, { segment, of: SCAN_SEGMENTS, electionId })) {
      await onPage(ballots);
    }
  };
  await Promise.all(Array.from({ length: SCAN_SEGMENTS }, (_, segment) => readSegment(segment)));
}
