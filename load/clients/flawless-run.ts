import { bareClient } from "#load/clients/bare-posting.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/**
 * Posts a plan of one vote per voter and waits for the last count. Throws when a vote was refused, lost or counted twice.
 * @param rate posts per second; undefined for as fast as answers allow
 */
export async function runFlawlessly(system: RunningSystem, plan: readonly PlannedPost[], rate?: number) {
  const { account, endToEndMs, postingMs, latencies } = await runVotes(system, plan, bareClient(rate));
  const { accepted, lost, countedTwice } = account;
  const isFlawless = accepted === plan.length && lost === 0 && countedTwice === 0;
  if (!isFlawless || endToEndMs === undefined || postingMs === undefined || latencies === undefined) {
    const { unanswered } = account;
    throw new Error(
      `of ${plan.length} votes ${accepted} accepted, ${unanswered} not answered, ${lost} lost, ${countedTwice} counted twice`,
    );
  }
  const perSecond = (ms: number): number => (plan.length / ms) * 1000;
  return { votesPerSecond: perSecond(endToEndMs), postsPerSecond: perSecond(postingMs), latencies };
}
