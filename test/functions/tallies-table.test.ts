import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contestKey, tallyRowKey } from "#core/keys.ts";
import { talliesTable } from "#functions/shared/tallies-table.ts";
import { clientConfig } from "#local/credentials.ts";
import { type DynamoDbLocal, startDynamoDbLocal } from "#local/dynamodb-local.ts";
import { createTables } from "#test/functions/store.ts";

/** The counts of many contests at once are those of each by itself, whatever else is in the table. */

let database: DynamoDbLocal;
let client: DynamoDBClient;
beforeAll(async () => {
  database = await startDynamoDbLocal();
  client = new DynamoDBClient(clientConfig(database.endpoint));
  await createTables(client);
});
afterAll(async () => {
  client.destroy();
  await database.stop();
});

/** An election whose id another's begins with, one that shares its regions, and rows of turnout beside those of contests. */
const ELECTIONS = ["N1", "N10", "N2"];
const SHARDS = ["shard-a", "shard-b"];
const REGIONS = Array.from({ length: 60 }, (_, region) => String(region));

const countOf = (election: number, region: number, shard: number, candidate: number): number =>
  1 + ((election * 7 + region * 5 + shard * 3 + candidate) % 11);

test("a scan finds what queries find: every shard's rows of its own election, and 0 rows where nobody voted", async () => {
  const silent = 7;
  const rows = ELECTIONS.flatMap((electionId, election) =>
    [...REGIONS, "turnout"].flatMap((regionId, region) =>
      region === silent
        ? []
        : SHARDS.flatMap((shardId, shard) =>
            [0, 1].map((candidate) => ({
              contest: { S: contestKey(electionId, regionId) },
              row: { S: tallyRowKey(shardId, String(candidate)) },
              count: { N: String(countOf(election, region, shard, candidate)) },
            })),
          ),
    ),
  );
  for (let start = 0; start < rows.length; start += 50) {
    const some = rows.slice(start, start + 50);
    await Promise.all(some.map((Item) => client.send(new PutItemCommand({ TableName: "tallies", Item }))));
  }
  const tallies = talliesTable(client, "tallies");
  for (const [election, electionId] of ELECTIONS.entries()) {
    const scanned = await tallies.histogramsOf(electionId, REGIONS);
    expect([...scanned.keys()]).toEqual(REGIONS);
    const few = REGIONS.slice(0, 10);
    const queried = await tallies.histogramsOf(electionId, few);
    expect([...queried]).toEqual(few.map((regionId) => [regionId, scanned.get(regionId)]));
    expect(scanned.get(String(silent))).toEqual(new Map());
    const expected = [0, 1].map((candidate) => [
      String(candidate),
      countOf(election, 3, 0, candidate) + countOf(election, 3, 1, candidate),
    ]);
    expect(scanned.get("3")).toEqual(new Map(expected as [string, number][]));
  }
});
