import { type Outcomes, sentOf } from "#load/clients/outcomes.ts";
import {
  type Account,
  type Post,
  type Refused,
  refusedOf,
  settleAccount,
  votersAccepted,
} from "#load/shared/accounting.ts";
import type { PostPlan } from "#load/shared/ballots.ts";
import { latencies } from "#load/shared/percentiles.ts";
import type { SystemUnderLoad } from "#load/shared/running-system.ts";
import { type Look, watchCount } from "#load/shared/tallies.ts";

/** One plan, posted by some client and followed to its last count. */

/** Posts a plan to the system at a URL. */
export type Client = (url: string, plan: PostPlan) => Promise<Outcomes>;

export type VoteRun = Readonly<{
  planned: number;
  account: Account;
  /** From the first post to the last count; undefined when nothing was counted. */
  endToEndMs: number | undefined;
  /** From the first post to the last answer; undefined when none came. */
  postingMs: number | undefined;
  /** Times of the answered posts of voters on the roll, in milliseconds; undefined when none was answered. */
  latencies: Readonly<{ p50: number; p95: number; p99: number }> | undefined;
}>;

/** A run with what became of each post; undefined for what was never sent. */
export type FollowedRun = VoteRun & Readonly<{ refused: Refused; plan: Pick<PostPlan, "at">; outcomes: Outcomes }>;

function* postsOf(plan: Pick<PostPlan, "at">, outcomes: Outcomes): Generator<Post, undefined> {
  for (const [index, { status }] of sentOf(outcomes)) {
    yield { expectation: plan.at(index)?.expectation ?? "not-counted", status };
  }
  return undefined;
}

function timesOf(plan: PostPlan, outcomes: Outcomes): Pick<VoteRun, "postingMs" | "latencies"> & { firstMs: number } {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastAnswerMs = Number.NEGATIVE_INFINITY;
  const times: number[] = [];
  for (const [index, { startedAtMs, tookMs }] of sentOf(outcomes)) {
    firstMs = Math.min(firstMs, startedAtMs);
    if (tookMs === undefined) continue;
    lastAnswerMs = Math.max(lastAnswerMs, startedAtMs + tookMs);
    if (plan.at(index)?.expectation !== "not-counted") times.push(tookMs);
  }
  const isAnswered = Number.isFinite(lastAnswerMs);
  return { firstMs, postingMs: isAnswered ? lastAnswerMs - firstMs : undefined, latencies: latencies(times) };
}

/** Posts a plan and waits until its votes are counted, or no more come. `onLook` hears what is seen meanwhile. */
export async function runVotes(
  system: SystemUnderLoad,
  plan: PostPlan,
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
    const { firstMs, ...times } = timesOf(plan, outcomes);
    return {
      planned: plan.length,
      plan,
      outcomes,
      account,
      refused: refusedOf(postsOf(plan, outcomes)),
      endToEndMs: account.counted > 0 ? lastCountAtMs - firstMs : undefined,
      ...times,
    };
  } finally {
    watch.close();
  }
}
