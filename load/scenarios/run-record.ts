import * as z from "zod";
import type { Outcomes } from "#load/clients/files.ts";
import type { Sent, VoteRun } from "#load/clients/vote-run.ts";
import { percentile } from "#load/shared/percentiles.ts";
import type { Look } from "#load/shared/tallies.ts";

/** A run second by second, for the report page and for `npm run plan -- --check`. */

const count = z.number().int().nonnegative();
const time = z.number().nonnegative().nullable();

export const RunRecord = z.strictObject({
  scenario: z.string().optional(),
  startedAt: z.iso.datetime(),
  votes: count,
  posts: count,
  accepted: count,
  counted: count,
  lost: count,
  countedTwice: count,
  unanswered: count,
  /** Voters on the roll who were only ever refused, except those who came after closing. */
  turnedAway: count.optional(),
  endToEndSeconds: z.number().nonnegative().nullable(),
  p95Ms: time,
  seconds: z.array(
    z.strictObject({
      posted: count,
      /** Posts sent in this second that were answered 202. */
      accepted: count,
      /** Voters on the roll whose first accepted post this was. */
      voters: count.optional(),
      p50Ms: time,
      p95Ms: time,
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
const FORBIDDEN = 403;
const MILLISECONDS_PER_SECOND = 1000;

const p = (percent: number, times: readonly number[]): number | null =>
  times.length === 0 ? null : percentile(times, percent);

function viewsOf(views: Outcomes): RunRecord["views"] {
  const seen = views.filter((one) => one?.status === OK);
  const times = seen.flatMap((one) => one?.tookMs ?? []);
  return { looks: views.length, failed: views.length - seen.length, p95Ms: p(95, times) };
}

/** What happened in each second. Throws RangeError when nothing was posted. */
export function recordRun(
  scenario: string | undefined,
  votes: number,
  run: VoteRun & Readonly<{ posts: readonly Sent[] }>,
  looks: readonly Look[],
  views: Outcomes | undefined,
): RunRecord {
  const startedAtMs = run.posts.reduce((first, sent) => Math.min(first, sent.startedAtMs), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(startedAtMs)) throw new RangeError("nothing was posted");
  const secondOf = (atMs: number): number => Math.max(0, Math.floor((atMs - startedAtMs) / MILLISECONDS_PER_SECOND));
  const sentIn = Map.groupBy(run.posts, (sent) => secondOf(sent.startedAtMs));
  const looksIn = Map.groupBy(looks, ({ atMs }) => secondOf(atMs));
  const endToEndSeconds = run.endToEndMs === undefined ? null : run.endToEndMs / MILLISECONDS_PER_SECOND;
  const length = 1 + Math.max(...sentIn.keys(), Math.ceil(endToEndSeconds ?? 0));

  const acceptedVoters = new Set<number>();
  let countedSoFar = 0;
  const seconds = Array.from({ length }, (_, second) => {
    const sent = sentIn.get(second) ?? [];
    const accepted = sent.filter(({ status }) => status === ACCEPTED);
    const votersBefore = acceptedVoters.size;
    for (const { expectation } of accepted) if (expectation !== "not-counted") acceptedVoters.add(expectation.voter);
    const times = sent.flatMap(({ expectation, tookMs }) => (expectation === "not-counted" ? [] : (tookMs ?? [])));
    const seen = looksIn.get(second) ?? [];
    countedSoFar = Math.max(countedSoFar, ...seen.map((look) => look.counted));
    return {
      posted: sent.length,
      accepted: accepted.length,
      voters: acceptedVoters.size - votersBefore,
      p50Ms: p(50, times),
      p95Ms: p(95, times),
      counted: countedSoFar,
      waiting: seen.length === 0 ? null : Math.max(...seen.map(({ waiting }) => waiting)),
    };
  });
  const { sent: posts, accepted, counted, lost, countedTwice, unanswered } = run.account;
  const turnedAway = [...run.account.turnedAway].filter(([status]) => status !== FORBIDDEN);
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
