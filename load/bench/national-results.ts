import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { enterNationalElection, NATIONAL_VOTES } from "#load/bench/national-tallies.ts";
import type { MeteredSystem } from "#load/metering/metered-system.ts";
import type { Figure } from "#load/shared/figures.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { CANDIDATES_PER_REGION, REGIONS } from "#load/shared/national-election.ts";
import { latencies } from "#load/shared/percentiles.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Results of a national election: the time of an uncached answer, and what viewers cost. */

const MOST_UNCACHED_MS = 300;
const SAMPLES = 20;
const WARM_UPS = 3;
/** A count is kept for two seconds from when it was asked for. */
const COUNTED_EVERY_MS = 2_000;
const LATER_MS = COUNTED_EVERY_MS + 200;

const VIEWERS = 200;
const VIEWED_FOR_MS = 10_000;
const VIEWER_PAUSE_MS = 250;
/** Five begin within ten seconds, and one at their start. */
const MOST_COUNTS = VIEWED_FOR_MS / COUNTED_EVERY_MS + 1;

const Results = z.looseObject({ total: z.number(), seats: z.array(z.unknown()) });

/** Asks the API for the results of the whole election, and throws unless they are what the tallies hold. */
async function look(url: string, electionId: string): Promise<number> {
  const beganMs = performance.now();
  const answer = await fetch(`${url}/api/v1/elections/${electionId}/results`);
  const body = await answer.text();
  const tookMs = performance.now() - beganMs;
  const { total, seats } = Results.parse(JSON.parse(body));
  if (total !== NATIONAL_VOTES || seats.length !== REGIONS) throw new Error(`results tell ${total} votes`);
  return tookMs;
}

/** Times answers so far apart that each is counted anew. */
export async function measureNationalResults(system: RunningSystem): Promise<readonly Figure[]> {
  const electionId = await enterNationalElection(system);
  const times: number[] = [];
  for (let sample = 0; sample < WARM_UPS + SAMPLES; sample++) {
    await pause(LATER_MS);
    times.push(await look(system.url, electionId));
  }
  const { p50 = Number.NaN, p95 = Number.NaN } = latencies(times.slice(WARM_UPS)) ?? {};
  return [
    {
      name: "national results, uncached, p95",
      value: p95,
      unit: "ms",
      target: { kind: "at-most", limit: MOST_UNCACHED_MS, isBinding: false },
      note: `${REGIONS} regions of ${CANDIDATES_PER_REGION} candidates, through the API; ${SAMPLES} answers, p50 ${shortNumber(p50)} ms`,
    },
  ];
}

/** Counts how often the tallies are read while viewers ask without end. */
export async function measureViewers({ running, read }: MeteredSystem): Promise<readonly Figure[]> {
  const electionId = await enterNationalElection(running);
  const queries = async (): Promise<number> => {
    const { requests } = (await read()).dynamodb;
    return (requests.get("Query") ?? 0) + (requests.get("Scan") ?? 0);
  };
  // One count by itself, so that it is known how many requests a count takes.
  const before = await queries();
  await look(running.url, electionId);
  const perCount = (await queries()) - before;
  await pause(LATER_MS);

  const began = await queries();
  const endsAtMs = performance.now() + VIEWED_FOR_MS;
  const view = async (): Promise<number> => {
    let looks = 0;
    while (performance.now() < endsAtMs) {
      await look(running.url, electionId);
      looks++;
      await pause(VIEWER_PAUSE_MS);
    }
    return looks;
  };
  const looks = (await Promise.all(Array.from({ length: VIEWERS }, view))).reduce((sum, count) => sum + count, 0);
  return [
    {
      name: `counts of national results, ${VIEWERS} viewers`,
      value: ((await queries()) - began) / perCount,
      unit: "",
      target: { kind: "at-most", limit: MOST_COUNTS, isBinding: true },
      note: `${shortNumber(looks)} answers in ${VIEWED_FOR_MS / 1000} s; a count is ${shortNumber(perCount)} requests to the tallies`,
    },
  ];
}
