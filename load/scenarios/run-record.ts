import * as z from "zod";
import { type Outcomes, sentOf } from "#load/clients/outcomes.ts";
import type { FollowedRun } from "#load/clients/vote-run.ts";
import { percentile } from "#load/shared/percentiles.ts";
import type { Look } from "#load/shared/tallies.ts";

/** A run second by second, for the report page and for `npm run plan -- --check`. */

const count = z.number().int().nonnegative();
/** Milliseconds; null for a second in which nothing was answered. */
const time = z.number().nonnegative().nullable();

export const RunRecord = z.strictObject({
  scenario: z.string().optional(),
  /** When the first post went out. */
  startedAt: z.iso.datetime(),
  votes: count,
  posts: count,
  accepted: count,
  counted: count,
  lost: count,
  countedTwice: count,
  unanswered: count,
  /** Voters on the roll who were only ever refused; those that were too late for the polls are not among them. */
  turnedAway: count.optional(),
  endToEndSeconds: z.number().nonnegative().nullable(),
  /** Of all answered posts of voters on the roll. */
  p95Ms: time,
  /** One for each second since the first post. */
  seconds: z.array(
    z.strictObject({
      posted: count,
      /** Posts sent in this second that were answered 202. */
      accepted: count,
      /** Voters on the roll whose first accepted post this was. */
      voters: count.optional(),
      /** Of the posts of voters on the roll. */
      p50Ms: time,
      p95Ms: time,
      /** Counted since the start, as last seen. */
      counted: count,
      /** In the queue, the most seen; null for a second in which nobody looked. */
      waiting: count.nullable(),
    }),
  ),
  views: z.strictObject({ looks: count, failed: count, p95Ms: time }).optional(),
});
export type RunRecord = Readonly<z.infer<typeof RunRecord>>;

const ACCEPTED = 202;
const OK = 200;
/** The polls were closed. */
const FORBIDDEN = 403;
const MILLISECONDS_PER_SECOND = 1000;

const p = (percent: number, times: readonly number[]): number | null =>
  times.length === 0 ? null : percentile(times, percent);

export type RunFacts = Readonly<{
  scenario: string | undefined;
  votes: number;
  run: FollowedRun;
  looks: readonly Look[];
  views: Outcomes | undefined;
}>;

function viewsOf(views: Outcomes | undefined): RunRecord["views"] {
  if (views === undefined) return undefined;
  const seen = [...sentOf(views)].filter(([, { status }]) => status === OK);
  const times = seen.flatMap(([, { tookMs }]) => tookMs ?? []);
  return { looks: views.length, failed: views.length - seen.length, p95Ms: p(95, times) };
}

type PostsOfSecond = { posted: number; accepted: number; voters: number; times: number[] };

/** What was posted in each second, by its number. */
function postsBySecond({ plan, outcomes }: FollowedRun, secondOf: (atMs: number) => number): readonly PostsOfSecond[] {
  const seconds: PostsOfSecond[] = [];
  const firstAcceptedIn = new Map<number, number>();
  for (const [index, { startedAtMs, status, tookMs }] of sentOf(outcomes)) {
    const at = secondOf(startedAtMs);
    while (seconds.length <= at) seconds.push({ posted: 0, accepted: 0, voters: 0, times: [] });
    const second = seconds[at];
    if (second === undefined) continue;
    second.posted += 1;
    if (status === ACCEPTED) second.accepted += 1;
    const expectation = plan.at(index)?.expectation ?? "not-counted";
    if (expectation === "not-counted") continue;
    if (tookMs !== undefined) second.times.push(tookMs);
    if (status !== ACCEPTED) continue;
    firstAcceptedIn.set(expectation.voter, Math.min(at, firstAcceptedIn.get(expectation.voter) ?? at));
  }
  for (const at of firstAcceptedIn.values()) {
    const second = seconds[at];
    if (second !== undefined) second.voters += 1;
  }
  return seconds;
}

/** What happened in each second. Throws RangeError when nothing was posted. */
export function recordRun({ scenario, votes, run, looks, views }: RunFacts): RunRecord {
  let startedAtMs = Number.POSITIVE_INFINITY;
  for (const [, sent] of sentOf(run.outcomes)) startedAtMs = Math.min(startedAtMs, sent.startedAtMs);
  if (!Number.isFinite(startedAtMs)) throw new RangeError("nothing was posted");
  const secondOf = (atMs: number): number => Math.max(0, Math.floor((atMs - startedAtMs) / MILLISECONDS_PER_SECOND));
  const bySecond = postsBySecond(run, secondOf);
  const looksOf = Map.groupBy(looks, ({ atMs }) => secondOf(atMs));
  const endToEndSeconds = run.endToEndMs === undefined ? null : run.endToEndMs / MILLISECONDS_PER_SECOND;
  const length = Math.max(bySecond.length, Math.ceil(endToEndSeconds ?? 0) + 1);

  let countedSoFar = 0;
  const seconds = Array.from({ length }, (_, second) => {
    const { posted, accepted, voters, times } = bySecond[second] ?? { posted: 0, accepted: 0, voters: 0, times: [] };
    const seen = looksOf.get(second) ?? [];
    countedSoFar = Math.max(countedSoFar, ...seen.map((look) => look.counted));
    return {
      posted,
      accepted,
      voters,
      p50Ms: p(50, times),
      p95Ms: p(95, times),
      counted: countedSoFar,
      waiting: seen.length === 0 ? null : Math.max(...seen.map(({ waiting }) => waiting)),
    };
  });
  const { sent: posts, accepted, counted, lost, countedTwice, unanswered } = run.account;
  const turnedAway = [...run.refused.turnedAway].filter(([status]) => status !== FORBIDDEN);
  return {
    ...(scenario !== undefined && { scenario }),
    startedAt: new Date(startedAtMs).toISOString(),
    votes,
    posts,
    accepted,
    counted,
    lost,
    countedTwice,
    unanswered,
    turnedAway: turnedAway.reduce((sum, [, voters]) => sum + voters, 0),
    endToEndSeconds,
    p95Ms: run.latencies?.p95 ?? null,
    seconds,
    ...(views !== undefined && { views: viewsOf(views) }),
  };
}
