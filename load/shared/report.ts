import type { VoteRun } from "#load/clients/vote-run.ts";
import type { Refused } from "#load/shared/accounting.ts";

/** What a run says at its end. */

/** A name and its value on a line each, the values in one column. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

export function grouped(count: number): string {
  return count.toLocaleString("en", { maximumFractionDigits: 0 });
}

export function dollars(amount: number): string {
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `once`, `twice`, `3 times`. */
export function timesOf(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${grouped(count)} times`;
}

/** Milliseconds as people compare them. */
export function milliseconds(ms: number): string {
  return `${ms.toLocaleString("en", { maximumFractionDigits: ms < 10 ? 1 : 0 })} ms`;
}

/** Whether the run kept the promise: every accepted ballot counted, once, and every planned post sent. */
export function keptThePromise({ planned, account }: VoteRun): boolean {
  return account.lost === 0 && account.countedTwice === 0 && account.sent === planned;
}

/** How many had each status, 0 for none. */
function byStatus(counts: ReadonlyMap<number, number>): string {
  const told = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, posts]) => `${status === 0 ? "no answer" : status}: ${grouped(posts)}`);
  return told.length === 0 ? "0" : told.join(", ");
}

/** What a run is summed up in, a name and a value for each line. */
export function runSummary(
  run: VoteRun & Partial<Readonly<{ refused: Refused }>>,
  client: string,
): readonly (readonly [name: string, value: string])[] {
  const { planned, account, endToEndMs, latencies, refused } = run;
  const latencyOf = (which: "p50" | "p95" | "p99"): string =>
    latencies === undefined ? "not measured" : milliseconds(latencies[which]);
  return [
    ["sent", account.sent === planned ? grouped(planned) : `${grouped(account.sent)} of ${grouped(planned)} planned`],
    ["accepted (202)", grouped(account.accepted)],
    ["refused", byStatus(account.refused)],
    ["no answer or 5xx", grouped(account.unanswered)],
    ["duplicates", `${grouped(account.duplicates)} (accepted after the voter's first)`],
    ["voters accepted", grouped(account.voters)],
    ...(refused === undefined ? [] : [["voters turned away", byStatus(refused.turnedAway)] as const]),
    ...(refused === undefined || refused.others.size === 0
      ? []
      : [["strangers' posts", byStatus(refused.others)] as const]),
    ["counted", grouped(account.counted)],
    ["lost", grouped(account.lost)],
    ["counted twice", grouped(account.countedTwice)],
    [
      "votes/s end to end",
      endToEndMs === undefined
        ? "nothing was counted"
        : `${grouped((account.counted / endToEndMs) * 1000)} (first post to last count, ${(endToEndMs / 1000).toFixed(1)} s)`,
    ],
    ["post p50", latencyOf("p50")],
    ["post p95", latencyOf("p95")],
    ["post p99", latencyOf("p99")],
    ["measured by", client],
  ];
}
