import { layOut } from "#admin/terminal/text-table.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { OTHER_PRICES, PRICE_LIST, PRICE_SOURCES, PRICES } from "#infra/prices.ts";
import { billAfterAllowance, billedFor, DAYS_PER_MONTH, idleDay } from "#load/cost/idle-day.ts";
import { gigabyteSeconds } from "#load/cost/lambda-time.ts";
import {
  ANSWER_HEADER_BYTES,
  EVEN_PACE_PER_SECOND,
  type MeteredRun,
  REQUEST_HEADER_BYTES,
} from "#load/cost/metered-run.ts";
import { billFor, dollarsFor, NOTHING, PRICED, plus, SERVICES, times, type Usage } from "#load/shared/bill.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { dollars, grouped } from "#load/shared/report.ts";

/** The report of `npm run cost`: each line, the totals with their limits, what has no limit, and what was assumed. */

const MILLION = 1e6;

/**
 * Promised, in US dollars: per million votes by infra/prices.ts, and the bill of an idle day, storage aside. Less than a cent a
 * month counts as nothing.
 */
const LIMITS = { perMillionVotes: 3.6, perMillionWithOnePoll: 6.0, perIdleDay: 0.01 / DAYS_PER_MONTH } as const;

/** The default schedule. */
const recountEveryMinutes = PARAMETERS.recountEveryMinutes.parse(undefined);
const recountMemoryMegabytes = PARAMETERS.recountMemoryMegabytes.parse(undefined);
const statesOpenings = PARAMETERS.statesOpenings.parse(undefined);

const BYTES_PER_GIGABYTE = 1e9;
const SECONDS_PER_DAY = 86_400;
/** A first visit that ends in a vote: the page, its script and parts, the definitions. */
const PAGE_REQUESTS = 8;
const PAGE_GIGABYTES = 48e-6;
/** X-Ray keeps one request in twenty: AWS's default rule (infra/functions/scrutin-function.ts turns tracing on). */
const TRACED = 0.05;
/** What Lambda and the HTTP API log by themselves for each request. Assumed. */
const PLATFORM_LOG_BYTES = 900;

/** What a stage with the default schedule uses on an idle day, plus what the run measured in silence, which should be nothing. */
function idleUse({ idle }: MeteredRun): Usage {
  const perDay = SECONDS_PER_DAY / idle.seconds;
  const seen = { ...NOTHING, lambdaRequest: idle.invocations * perDay, tableWriteUnit: idle.units * perDay };
  return plus(idleDay({ recountEveryMinutes, recountMemoryMegabytes, statesOpenings }), seen);
}

/** US dollars per million votes by the price list, except the last two, which are what AWS bills. */
export function totalsOf(run: MeteredRun) {
  const { perVote, perVoteAtEvenPace, perPoll } = run;
  const idle = idleUse(run);
  return {
    votes: dollarsFor(times(perVote, MILLION)),
    withOnePoll: dollarsFor(times(plus(perVote, perPoll), MILLION)),
    votesAtEvenPace: dollarsFor(times(perVoteAtEvenPace, MILLION)),
    idleDay: billedFor(idle, 1 / DAYS_PER_MONTH),
    // With no other votes in the month.
    monthWithAMillion: billedFor(plus(times(perVote, MILLION), times(idle, DAYS_PER_MONTH)), 1),
  };
}

export function isWithinLimits({ votes, withOnePoll, idleDay: idle }: ReturnType<typeof totalsOf>): boolean {
  return votes <= LIMITS.perMillionVotes && withOnePoll <= LIMITS.perMillionWithOnePoll && idle <= LIMITS.perIdleDay;
}

const right = { align: "right" } as const;

function linesTable({ perVote, perVoteAtEvenPace, perPoll }: MeteredRun): string {
  const bills = [perVote, perVoteAtEvenPace, perPoll].map((used) => billFor(times(used, MILLION)));
  const [votes = [], ...others] = bills;
  const rows = votes.map(({ service, unit, amount, dollars: cost }, index) => {
    const costs = others.map((bill) => dollars(bill[index]?.dollars ?? 0));
    return [service, unit, shortNumber(amount), dollars(cost), ...costs];
  });
  const totals = bills.map((bill) => dollars(bill.reduce((sum, line) => sum + line.dollars, 0)));
  const head = ["", "", "in a rush", "US$", `US$ at ${EVEN_PACE_PER_SECOND}/s`, "US$ for a poll"];
  return layOut([head, ...rows, ["total", "", "", ...totals]], [{}, {}, right, right, right, right]);
}

function totalsTable(totals: ReturnType<typeof totalsOf>): string {
  const { votes, withOnePoll, idleDay: idle, votesAtEvenPace, monthWithAMillion } = totals;
  const verdict = (amount: number, limit: number): string =>
    amount <= limit ? `within ${dollars(limit)}` : `ABOVE ${dollars(limit)} by ${(amount - limit).toFixed(3)}`;
  const silence = idle <= LIMITS.perIdleDay ? "nothing: less than a cent a month" : "ABOVE nothing";
  const oneByOne =
    "no limit: the queue hands over one vote at a time, since with a window Lambda may hold one back for 20 s";
  const billed = "no limit: after AWS's allowance, idle days included";
  const rows = [
    ["a million votes", dollars(votes), verdict(votes, LIMITS.perMillionVotes)],
    ["with one status poll each", dollars(withOnePoll), verdict(withOnePoll, LIMITS.perMillionWithOnePoll)],
    ["an idle day, storage aside, billed", idle.toFixed(4), silence],
    [`a million votes at an even ${EVEN_PACE_PER_SECOND}/s`, dollars(votesAtEvenPace), oneByOne],
    ["a month with a million votes, billed", dollars(monthWithAMillion), billed],
  ];
  return layOut(rows, [{}, right, {}]);
}

function idleTable(run: MeteredRun): string {
  const rows = billAfterAllowance(idleUse(run), 1 / DAYS_PER_MONTH).map(
    ({ service, unit, amount, dollars: listed, billed }) => {
      return [service, unit, shortNumber(amount), listed.toFixed(4), billed.toFixed(4)];
    },
  );
  const head = ["an idle day, storage aside", "", "", "US$ by the list", "US$ billed"];
  return layOut([head, ...rows], [{}, {}, right, right, right]);
}

function unlimitedTable({ logBytesPerVote, storedBytesPerVote }: MeteredRun): string {
  const gigabytes = (bytes: number): number => (bytes * MILLION) / BYTES_PER_GIGABYTE;
  const stored = gigabytes(storedBytesPerVote) * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth);
  const site = MILLION * (PAGE_REQUESTS * PRICES.cdnRequest + PAGE_GIGABYTES * PRICES.cdnGigabyteOut);
  const ofSite = `${PAGE_REQUESTS} requests assumed, ${PAGE_GIGABYTES * 1e6} kB (docs/performance.md); AWS's allowance covers a million of them a month`;
  const logs = gigabytes(logBytesPerVote + PLATFORM_LOG_BYTES) * OTHER_PRICES.logGigabyte;
  const ofLogs = `${grouped(logBytesPerVote)} bytes a vote measured, ${PLATFORM_LOG_BYTES} of AWS's own assumed`;
  const rows = [
    ["storage, ballots and roll, with backup", `${dollars(stored)} a month`, "measured"],
    ["the site, loaded once by each voter who votes there", dollars(site), ofSite],
    ["firewall, by request", dollars(OTHER_PRICES.firewallRequest * MILLION), "one for each vote"],
    ["logs", dollars(logs), ofLogs],
    ["traces", dollars(TRACED * OTHER_PRICES.trace * MILLION), "one vote in twenty, assumed"],
  ];
  return layOut(rows, [{}, right, {}]);
}

function timesTable({ times: functionTimes }: MeteredRun): string {
  const rows = functionTimes.map(({ name, memoryMegabytes, waitingMs, cpuMs, billedMs }) => {
    return [name, `${memoryMegabytes} MB`, `${waitingMs.toFixed(1)} ms`, `${cpuMs.toFixed(1)} ms`, `${billedMs} ms`];
  });
  const head = ["an invocation of", "memory", "waiting", "processor", "on Lambda"];
  return layOut([head, ...rows], [{}, right, right, right, right]);
}

function addedByWaiting({ times: functionTimes }: MeteredRun): number {
  const submit = functionTimes.find(({ name }) => name === "submit");
  if (submit === undefined) return 0;
  return gigabyteSeconds({ ...submit, billedMs: 10 }) * MILLION * PRICES.lambdaGigabyteSecond;
}

function sourcesTable(): string {
  const rows = PRICED.map((priced) => {
    const { page, says, seen } = PRICE_SOURCES[priced];
    return [SERVICES[priced].join(", "), `aws.amazon.com/${page}/pricing: ${says}`, seen];
  });
  return layOut(rows, [{}, {}, {}]);
}

function waysToSave({ perVote }: MeteredRun): string {
  const writesOfTallies = Math.max(0, perVote.tableWriteUnit - 1) * MILLION * PRICES.tableWriteUnit;
  const time = perVote.lambdaGigabyteSecond * MILLION * PRICES.lambdaGigabyteSecond;
  const front = (PRICES.cdnRequest + PRICES.apiRequest) * MILLION;
  return `

What could be done:
  - CloudFront and the HTTP API cost ${dollars(front)} for a million requests, whatever we do. Bypassing CloudFront would save half of it, and lose the firewall.
  - Lambda's time is ${dollars(time)}: less memory (ballotMemoryMegabytes) makes waiting cheaper and the processor slower.
  - Larger batches for tally (tallyBatchWindowSeconds) would save up to ${dollars(writesOfTallies)} of write units.`;
}

export function costReport(run: MeteredRun): string {
  const totals = totalsOf(run);
  return `US dollars per million votes, from ${grouped(run.votes)} votes metered on this machine; counts wait ${run.tallyBatchWindowSeconds} s for their batch to fill
${linesTable(run)}

${totalsTable(totals)}

${idleTable(run)}
Billed is what AWS's always-free allowance leaves (a million requests to SQS and to Lambda a month, 400,000 GB-seconds),
when the account uses it for nothing else. Votes are judged without it. Lambda reads streams free of charge.

Not in these limits, per million votes:
${unlimitedTable(run)}
and each month, with or without votes: firewall about 11, encryption keys 2, secrets 0.40 each, alarms about 3 (docs/deploy.md).

${timesTable(run)}
Waiting was measured at the even pace, processor time in the rush. On Lambda a function has a share of a processor, by its
memory: 1,769 MB is a whole one. Assumed: that is as fast as one here, and AWS's queue and tables answer like the embedded
ones. Each 10 ms more that submit waits would add ${dollars(addedByWaiting(run))}.

Prices: ${PRICE_LIST.asOf}, ${PRICE_LIST.region}; ${PRICE_LIST.terms}.
  Source: ${PRICE_LIST.source}; ${PRICE_LIST.checked}.
${sourcesTable()}

Measured: invocations, capacity units (DynamoDB Local's own count), requests to the queue, bodies of requests and answers.
  In ${run.idle.seconds} s of silence: ${run.idle.invocations} invocations, ${run.idle.units} units.
Assumed: headers are ${REQUEST_HEADER_BYTES} bytes of a request and ${ANSWER_HEADER_BYTES} of an answer; cold starts are too few to matter; a quiet queue is polled
  by five pollers every 20 s; a recount of nothing takes 0.3 s,
  and so does a look for openings to state.${isWithinLimits(totals) ? "" : waysToSave(run)}`;
}
