import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import { CANDIDATES_PER_REGION, nationalElection, REGIONS } from "#load/shared/national-election.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { applyElection } from "#storage/election-register.ts";
import { padSequenceNumber, sheetKey, tallyRowKey } from "#storage/keys.ts";
import { placeOf } from "#storage/tally-sheet.ts";

/** What each shard counted of each candidate, so that the right result is known. */
const VOTES_PER_CELL = 25;
const SHARDS = ["shardId-1", "shardId-2"] as const;

/** Votes that the tallies of a national election hold. */
export const NATIONAL_VOTES = REGIONS * CANDIDATES_PER_REGION * SHARDS.length * VOTES_PER_CELL;

/** Registers a national election, and writes tallies as its stream's shards would have left them; gives its id. */
export async function enterNationalElection(system: RunningSystem): Promise<string> {
  const definition = nationalElection("bench-national");
  if (definition.votingMethod === "referendum") throw new Error("a race was defined");
  const connection = connectTo(system);
  const { documents, talliesTable: TableName } = connection;
  try {
    await applyElection(connection, definition, { who: "bench" });
    const cells = contestRegionIds(definition).flatMap((regionId) =>
      candidatesIn(definition, regionId).map(({ candidateId }) => placeOf(definition, regionId, candidateId)),
    );
    const rows = [...Map.groupBy(cells, ({ sheet }) => sheet)].flatMap(([sheet, ofSheet]) =>
      SHARDS.map((shardId) => ({
        sheet: sheetKey(definition.electionId, sheet),
        row: tallyRowKey(shardId, ""),
        lastSequenceNumber: padSequenceNumber("1"),
        ...Object.fromEntries(ofSheet.map(({ cell }) => [cell, VOTES_PER_CELL])),
      })),
    );
    await Promise.all(rows.map((Item) => documents.send(new PutCommand({ TableName, Item }))));
    return definition.electionId;
  } finally {
    connection.close();
  }
}
