import { type Account, type Post, settleAccount, votersAccepted } from "#load/accounting.ts";
import type { PlannedPost } from "#load/ballots.ts";
import { latencies } from "#load/percentiles.ts";
import type { SystemUnderLoad } from "#load/running-system.ts";
import { type Look, watchCount } from "#load/tallies.ts";

/** One plan, posted by some client and followed to its last count. */

/** What became of a post. Status and time are undefined when no answer came. */
export type Outcome = Readonly<{
  /** Milliseconds of the epoch. */
  startedAtMs: number;
  status: number | undefined;
  /** Milliseconds until the answer. */
  tookMs: number | undefined;
}>;

/** Posts a plan to the system at a URL; outcomes in the order of the plan, undefined for what was never sent. */
export type Client = (url: string, plan: readonly PlannedPost[]) => Promise<readonly (Outcome | undefined)[]>;

export type VoteRun = Readonly<{
  planned: number;
  account: Account;
  /** From the first post to the last count; undefined when nothing was counted. */
  endToEndMs: number | undefined;
  /** From the first post to the last answer; undefined when none came. */
  postingMs: number | undefined;
  /** Times of the answered posts, in milliseconds; undefined when none was answered. */
  latencies: Readonly<{ p50: number; p95: number; p99: number }> | undefined;
}>;

function postsOf(plan: readonly PlannedPost[], outcomes: readonly (Outcome | undefined)[]): readonly Post[] {
  return plan.flatMap(({ expectation }, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ expectation, status: outcome.status }];
  });
}

/** A run with what became of each post, in the order of the plan; undefined for what was never sent. */
export type FollowedRun = VoteRun & Readonly<{ outcomes: readonly (Outcome | undefined)[] }>;

/** Posts a plan and waits until its votes are counted, or no more come. `onLook` hears what is seen meanwhile. */
export async function runVotes(
  system: SystemUnderLoad,
  plan: readonly PlannedPost[],
  client: Client,
  onLook?: (look: Look) => void,
): Promise<FollowedRun> {
  const watch = watchCount(system);
  try {
    const before = await watch.read();
    const posting = client(system.url, plan);
    const due = posting.then((outcomes) => votersAccepted(postsOf(plan, outcomes)));
    const { after, lastCountAtMs } = await watch.settle(before, due, onLook);

    const outcomes = await posting;
    const account = settleAccount(postsOf(plan, outcomes), before, after);
    let firstPostAtMs = Number.POSITIVE_INFINITY;
    let lastAnswerAtMs = Number.NEGATIVE_INFINITY;
    const times: number[] = [];
    for (const outcome of outcomes) {
      if (outcome === undefined) continue;
      firstPostAtMs = Math.min(firstPostAtMs, outcome.startedAtMs);
      if (outcome.tookMs === undefined) continue;
      lastAnswerAtMs = Math.max(lastAnswerAtMs, outcome.startedAtMs + outcome.tookMs);
      times.push(outcome.tookMs);
    }
    return {
      planned: plan.length,
      outcomes,
      account,
      endToEndMs: account.counted > 0 ? lastCountAtMs - firstPostAtMs : undefined,
      postingMs: times.length > 0 ? lastAnswerAtMs - firstPostAtMs : undefined,
      latencies: latencies(times),
    };
  } finally {
    watch.close();
  }
}
