import type { Outcome, Outcomes } from "#load/clients/files.ts";
import { type Account, type Post, settleAccount, votersAccepted } from "#load/shared/accounting.ts";
import type { PostPlan } from "#load/shared/ballots.ts";
import { latencies } from "#load/shared/percentiles.ts";
import type { SystemUnderLoad } from "#load/shared/running-system.ts";
import { type Look, watchCount } from "#load/shared/tallies.ts";

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

/** A post that was sent, what it had to lead to, and its outcome. */
export type Sent = Post & Outcome;

function timesOf(posts: readonly Sent[]): Pick<VoteRun, "postingMs" | "latencies"> & { firstMs: number } {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastAnswerMs = Number.NEGATIVE_INFINITY;
  const times: number[] = [];
  for (const { expectation, startedAtMs, tookMs } of posts) {
    firstMs = Math.min(firstMs, startedAtMs);
    if (tookMs === undefined) continue;
    lastAnswerMs = Math.max(lastAnswerMs, startedAtMs + tookMs);
    if (expectation !== "not-counted") times.push(tookMs);
  }
  const isAnswered = Number.isFinite(lastAnswerMs);
  return { firstMs, postingMs: isAnswered ? lastAnswerMs - firstMs : undefined, latencies: latencies(times) };
}

/** Posts a plan and waits until its votes are counted, or until no more are. `onLook` is called with what is seen meanwhile. */
export async function runVotes(
  system: SystemUnderLoad,
  plan: PostPlan,
  client: Client,
  onLook?: (look: Look) => void,
): Promise<VoteRun & Readonly<{ posts: readonly Sent[] }>> {
  using watch = watchCount(system);
  const before = await watch.read();
  const posting = client(system.url, plan).then((outcomes) =>
    outcomes.flatMap((outcome, index): readonly Sent[] =>
      outcome === undefined ? [] : [{ ...outcome, expectation: plan.at(index)?.expectation ?? "not-counted" }],
    ),
  );
  const { after, lastCountAtMs } = await watch.settle(before, posting.then(votersAccepted), onLook);
  const posts = await posting;
  const account = settleAccount(posts, before, after);
  const { firstMs, ...times } = timesOf(posts);
  const endToEndMs = account.counted > 0 ? lastCountAtMs - firstMs : undefined;
  return { planned: plan.length, posts, account, endToEndMs, ...times };
}
