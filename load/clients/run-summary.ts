import type { VoteRun } from "#load/clients/vote-run.ts";
import type { Counts } from "#load/shared/accounting.ts";
import { grouped, milliseconds } from "#load/shared/report.ts";

/** Whether the run kept the promise: every accepted ballot counted, once, and every planned post sent. */
export function keptThePromise({ planned, account }: VoteRun): boolean {
  return account.lost === 0 && account.countedTwice === 0 && account.sent === planned;
}

function byStatus(counts: Counts<number>): string {
  const told = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, posts]) => `${status === 0 ? "no answer" : status}: ${grouped(posts)}`);
  return told.length === 0 ? "0" : told.join(", ");
}

export function runSummary(run: VoteRun, client: string): readonly (readonly [name: string, value: string])[] {
  const { planned, account, endToEndMs, latencies } = run;
  const latencyOf = (which: "p50" | "p95" | "p99"): string =>
    latencies === undefined ? "not measured" : milliseconds(latencies[which]);
  const pace = (ms: number): string =>
    `${grouped((account.counted / ms) * 1000)} (first post to last count, ${(ms / 1000).toFixed(1)} s)`;
  return [
    ["sent", account.sent === planned ? grouped(planned) : `${grouped(account.sent)} of ${grouped(planned)} planned`],
    ["accepted (202)", grouped(account.accepted)],
    ["refused", byStatus(account.refused)],
    ["no answer or 5xx", grouped(account.unanswered)],
    ["duplicates", `${grouped(account.duplicates)} (accepted after the voter's first)`],
    ["voters accepted", grouped(account.voters)],
    ["voters turned away", byStatus(account.turnedAway)],
    ["strangers' posts", byStatus(account.strangers)],
    ["counted", grouped(account.counted)],
    ["lost", grouped(account.lost)],
    ["counted twice", grouped(account.countedTwice)],
    ["votes/s end to end", endToEndMs === undefined ? "nothing was counted" : pace(endToEndMs)],
    ["post p50", latencyOf("p50")],
    ["post p95", latencyOf("p95")],
    ["post p99", latencyOf("p99")],
    ["measured by", client],
  ];
}
