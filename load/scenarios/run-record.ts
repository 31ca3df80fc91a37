import * as z from "zod";
import { percentile } from "#load/percentiles.ts";
import type { Look } from "#load/tallies.ts";
import type { FollowedRun, Outcome } from "#load/vote-run.ts";

/** A run second by second, as the report page draws it and `npm run plan` simulates it again. */

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
  endToEndSeconds: z.number().nonnegative().nullable(),
  /** Of all answered posts. */
  p95Ms: time,
  /** One for each second since the first post. */
  seconds: z.array(
    z.strictObject({
      posted: count,
      /** Posts sent in this second that were answered 202. */
      accepted: count,
      p50Ms: time,
      p95Ms: time,
      /** Counted since the start, as last seen. */
      counted: count,
      /** In the queue, the most seen. */
      waiting: count,
    }),
  ),
  views: z.strictObject({ looks: count, failed: count, p95Ms: time }).optional(),
});
export type RunRecord = Readonly<z.infer<typeof RunRecord>>;

const ACCEPTED = 202;
const MILLISECONDS_PER_SECOND = 1000;

const p = (percent: number, times: readonly number[]): number | null =>
  times.length === 0 ? null : percentile(times, percent);

const timesOf = (outcomes: readonly Outcome[]): readonly number[] =>
  outcomes.flatMap(({ tookMs }) => (tookMs === undefined ? [] : [tookMs]));

export type RunFacts = Readonly<{
  scenario: string | undefined;
  votes: number;
  run: FollowedRun;
  looks: readonly Look[];
  views: readonly (Outcome | undefined)[] | undefined;
}>;

function viewsOf(views: RunFacts["views"]): RunRecord["views"] {
  if (views === undefined) return undefined;
  const answered = views.flatMap((view) => (view?.status === 200 ? [view] : []));
  return { looks: views.length, failed: views.length - answered.length, p95Ms: p(95, timesOf(answered)) };
}

/** What happened in each second. Throws RangeError when nothing was posted. */
export function recordRun({ scenario, votes, run, looks, views }: RunFacts): RunRecord {
  const outcomes = run.outcomes.filter((outcome) => outcome !== undefined);
  const startedAtMs = outcomes.reduce((first, { startedAtMs: at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(startedAtMs)) throw new RangeError("nothing was posted");
  const secondOf = (atMs: number): number => Math.max(0, Math.floor((atMs - startedAtMs) / MILLISECONDS_PER_SECOND));
  const postsOf = Map.groupBy(outcomes, ({ startedAtMs: at }) => secondOf(at));
  const looksOf = Map.groupBy(looks, ({ atMs }) => secondOf(atMs));
  const endToEndSeconds = run.endToEndMs === undefined ? null : run.endToEndMs / MILLISECONDS_PER_SECOND;
  const last = Math.max(...postsOf.keys(), Math.ceil(endToEndSeconds ?? 0));

  let counted = 0;
  const seconds = Array.from({ length: last + 1 }, (_, second) => {
    const posts = postsOf.get(second) ?? [];
    const seen = looksOf.get(second) ?? [];
    counted = Math.max(counted, ...seen.map((look) => look.counted));
    return {
      posted: posts.length,
      accepted: posts.filter(({ status }) => status === ACCEPTED).length,
      p50Ms: p(50, timesOf(posts)),
      p95Ms: p(95, timesOf(posts)),
      counted,
      waiting: Math.max(0, ...seen.map(({ waiting }) => waiting)),
    };
  });
  const { account } = run;
  return {
    ...(scenario !== undefined && { scenario }),
    startedAt: new Date(startedAtMs).toISOString(),
    votes,
    posts: account.sent,
    accepted: account.accepted,
    counted: account.counted,
    lost: account.lost,
    countedTwice: account.countedTwice,
    unanswered: account.unanswered,
    endToEndSeconds,
    p95Ms: p(95, timesOf(outcomes)),
    seconds,
    ...(views !== undefined && { views: viewsOf(views) }),
  };
}
