import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Counted } from "#functions/results/answers.ts";
import type { Tallies } from "#functions/shared/tallies-table.ts";

/** Reads the tallies of all contests of an election. */
export async function readCount(
  tallies: Pick<Tallies, "histogramOf">,
  definition: ElectionDefinition,
  atMs: number,
): Promise<Counted> {
  const read = contestRegionIds(definition).map(
    async (regionId) => [regionId, await tallies.histogramOf(definition.electionId, regionId)] as const,
  );
  return { atMs, histograms: new Map(await Promise.all(read)) };
}
