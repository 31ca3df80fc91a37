import { type Account, type Post, settleAccount, votersAccepted } from "#load/accounting.ts";
import type { PlannedPost } from "#load/ballots.ts";
import { type BareOutcome, postByBareClient } from "#load/bare-posting.ts";
import { latencies } from "#load/percentiles.ts";
import type { RunningSystem } from "#load/running-system.ts";
import { watchCount } from "#load/tallies.ts";

/** One plan, posted by the bare client and followed to its last count. */

export type VoteRun = Readonly<{
  account: Account;
  votesPerSecond: number;
  postsPerSecond: number;
  /** Of the posts, in milliseconds. */
  latencies: Readonly<{ p50: number; p95: number; p99: number }>;
}>;

/** Throws when a vote was lost or counted twice, or none was taken: a figure of such a run would mean nothing. */
export async function runVotes(system: RunningSystem, plan: readonly PlannedPost[], rate?: number): Promise<VoteRun> {
  const watch = watchCount(system);
  try {
    const before = await watch.read();
    let due: number | undefined;
    const counting = watch.settle(before, () => due);
    const postsOf = (outcomes: readonly BareOutcome[]): readonly Post[] =>
      plan.map(({ expectation }, index) => ({ expectation, status: outcomes[index]?.status }));
    const outcomes = await postByBareClient(system.url, plan, rate).catch((error: unknown) => {
      due = 0;
      throw error;
    });
    const posts = postsOf(outcomes);
    due = votersAccepted(posts);
    const { after, lastCountAtMs } = await counting;

    const account = settleAccount(posts, before, after);
    const times = latencies(outcomes.map(({ tookMs }) => tookMs));
    if (account.lost > 0 || account.countedTwice > 0 || account.accepted !== plan.length || times === undefined) {
      const { accepted, lost, countedTwice } = account;
      throw new Error(`of ${plan.length} votes ${accepted} accepted, ${lost} lost, ${countedTwice} counted twice`);
    }
    const firstPostAtMs = Math.min(...outcomes.map(({ startedAtMs }) => startedAtMs));
    const lastAnswerAtMs = Math.max(...outcomes.map(({ startedAtMs, tookMs }) => startedAtMs + tookMs));
    return {
      account,
      votesPerSecond: (account.counted / (lastCountAtMs - firstPostAtMs)) * 1000,
      postsPerSecond: (plan.length / (lastAnswerAtMs - firstPostAtMs)) * 1000,
      latencies: times,
    };
  } finally {
    watch.close();
  }
}
