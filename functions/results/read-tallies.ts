import type { ElectionDefinition } from "#core/election.ts";
import type { ElectionTallies } from "#functions/results/answers.ts";
import type { Tallies } from "#storage/tallies-table.ts";

/** Reads the tallies of all contests of an election. */
export async function readTallies(
  tallies: Pick<Tallies, "ofElection">,
  definition: ElectionDefinition,
  atMs: number,
): Promise<ElectionTallies> {
  return { atMs, byRegion: await tallies.ofElection(definition) };
}
