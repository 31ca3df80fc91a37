import { layOut } from "#admin/terminal/text-table.ts";
import { OTHER_PRICES } from "#infra/prices.ts";
import { billAfterAllowance, DAYS_PER_MONTH } from "#load/cost/idle-day.ts";
import { idleUse, LIMITS, MILLION, type Totals } from "#load/cost/limits.ts";
import { EVEN_PACE_PER_SECOND, type MeteredRun } from "#load/cost/metered-run.ts";
import { verdict } from "#load/cost/voter-table.ts";
import { billFor, times } from "#load/shared/bill.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { dollars } from "#load/shared/report.ts";

/** What votes and questions for their outcome cost without the site, as a client without a browser causes them. */

const right = { align: "right" } as const;
const BYTES_PER_GIGABYTE = 1e9;

export function linesTable({ perVote, perVoteAtEvenPace, perPoll }: MeteredRun): string {
  const bills = [perVote, perVoteAtEvenPace, perPoll].map((used) => billFor(times(used, MILLION)));
  const [votes = [], ...others] = bills;
  const rows = votes.flatMap(({ service, unit, amount, dollars: cost }, index) => {
    if (bills.every((bill) => bill[index]?.amount === 0)) return [];
    const costs = others.map((bill) => dollars(bill[index]?.dollars ?? 0));
    return [[service, unit, shortNumber(amount), dollars(cost), ...costs]];
  });
  const totals = bills.map((bill) => dollars(bill.reduce((sum, line) => sum + line.dollars, 0)));
  const head = ["", "", "in a rush", "US$", `US$ at ${EVEN_PACE_PER_SECOND}/s`, "US$ for a poll"];
  return layOut([head, ...rows, ["total", "", "", ...totals]], [{}, {}, right, right, right, right]);
}

export function totalsTable(totals: Totals): string {
  const { votes, withOnePoll, idleDay: idle, votesAtEvenPace, monthWithAMillion } = totals;
  const silence = idle <= LIMITS.perIdleDay ? "within 15 cents a month" : "ABOVE 15 cents a month";
  const oneByOne =
    "no limit: the queue hands over one vote at a time, since with a window Lambda may hold one back for 20 s";
  const billed = "no limit: after AWS's allowance, idle days included, firewall and keys by the month aside";
  const rows = [
    ["a million votes", dollars(votes), verdict(votes, LIMITS.perMillionVotes)],
    ["with one status poll each", dollars(withOnePoll), verdict(withOnePoll, LIMITS.perMillionWithOnePoll)],
    ["an idle day, storage aside, billed", idle.toFixed(4), silence],
    [`a million votes at an even ${EVEN_PACE_PER_SECOND}/s`, dollars(votesAtEvenPace), oneByOne],
    ["a month with a million voters, all in, billed", dollars(monthWithAMillion), billed],
  ];
  return layOut(rows, [{}, right, {}]);
}

export function idleTable(run: MeteredRun): string {
  const rows = billAfterAllowance(idleUse(run), 1 / DAYS_PER_MONTH).map(
    ({ service, unit, amount, dollars: listed, billed }) => {
      return [service, unit, shortNumber(amount), listed.toFixed(4), billed.toFixed(4)];
    },
  );
  const head = ["an idle day, storage aside", "", "", "US$ by the list", "US$ billed"];
  return layOut([head, ...rows], [{}, {}, right, right, right]);
}

/** Dollars a month for a million ballots and their voters on the roll, with backup. */
export function storagePrice({ storedBytesPerVote }: Pick<MeteredRun, "storedBytesPerVote">): number {
  const gigabytes = (storedBytesPerVote * MILLION) / BYTES_PER_GIGABYTE;
  return gigabytes * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth);
}

export function timesTable({ times: functionTimes }: MeteredRun): string {
  const rows = functionTimes.map(({ name, memoryMegabytes, waitingMs, cpuMs, billedMs }) => {
    return [name, `${memoryMegabytes} MB`, `${waitingMs.toFixed(1)} ms`, `${cpuMs.toFixed(1)} ms`, `${billedMs} ms`];
  });
  const head = ["an invocation of", "memory", "waiting", "processor", "on Lambda"];
  return layOut([head, ...rows], [{}, right, right, right, right]);
}
