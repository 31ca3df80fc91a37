import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type Connection, connect, StackOutputs } from "#admin/connection/connection.ts";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { applyElection } from "#storage/election-register.ts";
import { cellName, padSequenceNumber, sheetKey, tallyRowKey } from "#storage/keys.ts";
import { placeOf } from "#storage/tally-sheet.ts";

/** An election of a national size, and tallies as its stream's shards would have left them. */

export const REGIONS = 338;
export const CANDIDATES_PER_REGION = 8;
/** What each shard counted of each candidate, so that what results must say is known. */
const VOTES_PER_CELL = 25;
const SHARDS = ["shardId-1", "shardId-2"] as const;
const MOST_WRITTEN_AT_ONCE = 25;
const MOST_ATTEMPTS = 10;

/** Votes that the tallies of a national election hold. */
export const NATIONAL_VOTES = REGIONS * CANDIDATES_PER_REGION * SHARDS.length * VOTES_PER_CELL;

/** Open now, shown live, with as many regions and candidates in each; `nas` and `code` are what voters vote with. */
export function nationalElection(
  electionId: string,
  regions = REGIONS,
  candidatesPerRegion = CANDIDATES_PER_REGION,
): ElectionDefinition {
  const text = (words: string) => ({ fr: words, en: words });
  const regionIds = Array.from({ length: regions }, (_, index) => String(index + 1));
  const parties = Array.from({ length: candidatesPerRegion }, (_, index) => String(index + 1));
  return ElectionDefinition.parse({
    electionId,
    votingMethod: "single_choice",
    title: text("Banc d’essai"),
    opensAt: "2025-01-01T00:00:00Z",
    closesAt: "2099-12-31T00:00:00Z",
    results: "live",
    minimumBallots: 1,
    regions: regionIds.map((regionId) => ({ regionId, name: text(`Region ${regionId}`) })),
    parties: parties.map((partyId) => ({ partyId, name: text(`Party ${partyId}`), colour: "#0b4f9e" })),
    candidates: regionIds.flatMap((regionId) =>
      parties.map((partyId) => ({
        candidateId: `${regionId}-${partyId}`,
        firstName: "Candidate",
        lastName: `${regionId}-${partyId}`,
        partyId,
        regionIds: [regionId],
      })),
    ),
  });
}

async function writeTallies(
  { documents, talliesTable }: Connection,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (let from = 0; from < items.length; from += MOST_WRITTEN_AT_ONCE) {
    const batch = items.slice(from, from + MOST_WRITTEN_AT_ONCE);
    let left: BatchWriteCommand["input"]["RequestItems"] = {
      [talliesTable]: batch.map((Item) => ({ PutRequest: { Item } })),
    };
    for (let attempt = 0; left !== undefined && Object.keys(left).length > 0; attempt++) {
      if (attempt === MOST_ATTEMPTS) throw new Error("the tallies could not be written");
      left = (await documents.send(new BatchWriteCommand({ RequestItems: left }))).UnprocessedItems;
    }
  }
}

/** Registers a national election on a system and fills its tallies; gives its id. */
export async function enterNationalElection(system: RunningSystem): Promise<string> {
  const definition = nationalElection("bench-national");
  if (definition.votingMethod === "referendum") throw new Error("a race was defined");
  const connection = connect(StackOutputs.parse({ ...system.outputs, ApiUrl: system.url }), system.endpoints);
  try {
    await applyElection(connection, definition, { who: "bench" });
    const cells = contestRegionIds(definition).flatMap((regionId) =>
      candidatesIn(definition, regionId).map(({ candidateId }) => ({
        sheet: placeOf(definition, regionId, candidateId).sheet,
        cell: cellName(regionId, candidateId),
      })),
    );
    const rows = [...Map.groupBy(cells, ({ sheet }) => sheet)].flatMap(([sheet, ofSheet]) =>
      SHARDS.map((shardId) => ({
        sheet: sheetKey(definition.electionId, sheet),
        row: tallyRowKey(shardId, ""),
        lastSequenceNumber: padSequenceNumber("1"),
        ...Object.fromEntries(ofSheet.map(({ cell }) => [cell, VOTES_PER_CELL])),
      })),
    );
    await writeTallies(connection, rows);
    return definition.electionId;
  } finally {
    connection.close();
  }
}
