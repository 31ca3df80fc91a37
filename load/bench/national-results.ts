import { setTimeout as pause } from "node:timers/promises";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import type { MeteredSystem } from "#load/metering/metered-system.ts";
import { registerElection } from "#load/shared/elections.ts";
import { type Figure, figure, mustBe, shortNumber, shouldBe } from "#load/shared/figures.ts";
import { CANDIDATES_PER_REGION, nationalElection, REGIONS } from "#load/shared/national-election.ts";
import { latencies } from "#load/shared/percentiles.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { padSequenceNumber, sheetKey, tallyRowKey } from "#storage/keys.ts";
import { placeOf } from "#storage/tally-sheet.ts";

/** Results of a national election: the time of an uncached answer, and what viewers cost. */

const MOST_UNCACHED_MS = 300;
const SAMPLES = 20;
const WARM_UPS = 3;
/** A count is cached for two seconds from the request for it. */
const COUNTED_EVERY_MS = 2_000;
const LATER_MS = COUNTED_EVERY_MS + 200;

const VIEWERS = 200;
const VIEWED_FOR_MS = 10_000;
const VIEWER_PAUSE_MS = 250;
/** Five begin within ten seconds, and one at the start. */
const MOST_COUNTS = VIEWED_FOR_MS / COUNTED_EVERY_MS + 1;

/** What each shard counted for each candidate, so that the right result is known. */
const VOTES_PER_CELL = 25;
const SHARDS = ["shardId-1", "shardId-2"] as const;
const VOTES = REGIONS * CANDIDATES_PER_REGION * SHARDS.length * VOTES_PER_CELL;

const ELECTION = nationalElection("bench-national");
const RESULTS = `/api/v1/elections/${ELECTION.electionId}/results`;
const Results = z.looseObject({ total: z.number(), seats: z.array(z.unknown()) });

async function enterTallies(system: RunningSystem): Promise<void> {
  using connection = connectTo(system);
  const { documents, talliesTable: TableName } = connection;
  await registerElection(connection, ELECTION, "bench");
  const cells = contestRegionIds(ELECTION).flatMap((regionId) =>
    candidatesIn(ELECTION, regionId).map(({ candidateId }) => placeOf(ELECTION, regionId, candidateId)),
  );
  const rows = [...Map.groupBy(cells, ({ sheet }) => sheet)].flatMap(([sheet, ofSheet]) =>
    SHARDS.map((shardId) => ({
      sheet: sheetKey(ELECTION.electionId, sheet),
      row: tallyRowKey(shardId, ""),
      lastSequenceNumber: padSequenceNumber("1"),
      ...Object.fromEntries(ofSheet.map(({ cell }) => [cell, VOTES_PER_CELL])),
    })),
  );
  await Promise.all(rows.map((Item) => documents.send(new PutCommand({ TableName, Item }))));
}

/** Asks the API for the results of the whole election, and throws unless they are what the tallies hold. */
async function look(url: string): Promise<number> {
  const beganMs = performance.now();
  const answer = await fetch(`${url}${RESULTS}`);
  const body = await answer.text();
  const tookMs = performance.now() - beganMs;
  const { total, seats } = Results.parse(JSON.parse(body));
  if (total !== VOTES || seats.length !== REGIONS) throw new Error(`results say ${total} votes`);
  return tookMs;
}

/** Times answers that are so far apart that each is counted anew. */
export async function measureNationalResults(system: RunningSystem): Promise<Figure> {
  await enterTallies(system);
  const times: number[] = [];
  for (let sample = 0; sample < WARM_UPS + SAMPLES; sample++) {
    await pause(LATER_MS);
    times.push(await look(system.url));
  }
  const { p50 = Number.NaN, p95 = Number.NaN } = latencies(times.slice(WARM_UPS)) ?? {};
  const note = `${REGIONS} regions of ${CANDIDATES_PER_REGION} candidates, through the API; ${SAMPLES} answers, p50 ${shortNumber(p50)} ms`;
  return figure("national results, uncached, p95", p95, "ms", shouldBe("≤", MOST_UNCACHED_MS), note);
}

/** Counts how often the tallies are read while viewers keep asking. */
export async function measureViewers({ running, read }: MeteredSystem): Promise<Figure> {
  await enterTallies(running);
  const queries = async (): Promise<number> => {
    const { requests } = (await read()).dynamodb;
    return (requests.get("Query") ?? 0) + (requests.get("Scan") ?? 0);
  };
  // A single count, to learn how many requests it takes.
  const before = await queries();
  await look(running.url);
  const perCount = (await queries()) - before;
  await pause(LATER_MS);

  const began = await queries();
  const endsAtMs = performance.now() + VIEWED_FOR_MS;
  let looks = 0;
  const view = async (): Promise<void> => {
    for (; performance.now() < endsAtMs; await pause(VIEWER_PAUSE_MS)) {
      await look(running.url);
      looks++;
    }
  };
  await Promise.all(Array.from({ length: VIEWERS }, view));
  const counts = ((await queries()) - began) / perCount;
  const note = `${shortNumber(looks)} answers in ${VIEWED_FOR_MS / 1000} s; a count is ${shortNumber(perCount)} requests to the tallies`;
  return figure(`counts of national results, ${VIEWERS} viewers`, counts, "", mustBe("≤", MOST_COUNTS), note);
}
