import type { ElectionDefinition } from "#core/election.ts";
import type { Counted } from "#functions/results/answers.ts";
import type { Tallies } from "#storage/tallies-table.ts";

/** Reads the tallies of all contests of an election. */
export async function readCount(
  tallies: Pick<Tallies, "histogramsOf">,
  definition: ElectionDefinition,
  atMs: number,
): Promise<Counted> {
  return { atMs, histograms: await tallies.histogramsOf(definition) };
}
