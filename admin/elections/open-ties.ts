import type { Connection } from "#admin/connection/connection.ts";
import { tieIn } from "#admin/elections/lots.ts";
import { contestRegionIds, isSharedByAllRegions } from "#core/contest.ts";
import { countElection } from "#core/results.ts";
import { seatOf } from "#core/seats.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import { talliesTable } from "#storage/tallies-table.ts";

/** A tie at which a count stands: a lot decides it. */
export type OpenTie = Readonly<{
  /** Undefined for all regions together. */
  regionId: string | undefined;
  /** Ids. */
  tied: readonly string[];
}>;

/** Every tie that no rule breaks, by the counts as they are. */
export async function openTies(
  connection: Connection,
  { definition, isOpened }: Pick<AdministeredElection, "definition" | "isOpened">,
): Promise<readonly OpenTie[]> {
  if (definition.votingMethod === "referendum") return [];
  const present = talliesTable(connection.dynamodb, connection.talliesTable);
  const { byRegion, together } = countElection(
    definition,
    await present.ofElection(definition, { isConsistent: true, isOpened }),
  );
  const regionIds = contestRegionIds(definition);
  const isOne = regionIds.length > 1 && definition.votingMethod === "ranked_choice" && isSharedByAllRegions(definition);
  const contests = isOne ? [undefined] : regionIds;
  return contests.flatMap((regionId) => {
    const count = regionId === undefined ? together([...byRegion.values()]) : byRegion.get(regionId);
    const tie = count && tieIn(seatOf(definition, regionId, count));
    return tie === undefined ? [] : [{ regionId, tied: tie.tied }];
  });
}
