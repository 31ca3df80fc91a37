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
import { dollars, grouped } from "#load/shared/report.ts";

/** What `npm run cost` says: each line, the totals beside their limits, what nobody promised, and what was assumed. */

const MILLION = 1e6;

/**
 * Promised in US dollars: per million votes by infra/prices.ts, and what an idle day but storage is billed. Less than a cent a
 * month is none.
 */
export const LIMITS = { perMillionVotes: 3.5, perMillionWithOnePoll: 6.0, perIdleDay: 0.01 / DAYS_PER_MONTH } as const;

/** The schedule of a stage that sets nothing of it. */
const STAGE = {
  recountEveryMinutes: PARAMETERS.recountEveryMinutes.parse(undefined),
  recountMemoryMegabytes: PARAMETERS.recountMemoryMegabytes.parse(undefined),
} as const;

const BYTES_PER_GIGABYTE = 1e9;
const SECONDS_PER_DAY = 86_400;
/** A first visit that ends in a vote: the page, its script and parts, the definitions. */
const PAGE_REQUESTS = 8;
const PAGE_GIGABYTES = 48e-6;
/** X-Ray keeps one request in twenty (infra/functions/scrutin-function.ts turns it on; the default rule of AWS). */
const TRACED = 0.05;
/** What Lambda and the HTTP API write of themselves for each request. Assumed. */
const PLATFORM_LOG_BYTES = 900;

/** US dollars by the price list per million votes, but for the last two, which are what AWS bills. */
export type Totals = Readonly<{
  /** In a rush. */
  votes: number;
  withOnePoll: number;
  votesAtEvenPace: number;
  idleDay: number;
  /** A month in which a million vote, in a rush, and nobody else. */
  monthWithAMillion: number;
}>;

/** What a stage with the default schedule uses on an idle day, and what the run's silence showed beside it, which is nothing. */
function idleUse({ idle }: MeteredRun): Usage {
  const perDay = SECONDS_PER_DAY / idle.seconds;
  const seen = { ...NOTHING, lambdaRequest: idle.invocations * perDay, tableWriteUnit: idle.units * perDay };
  return plus(idleDay(STAGE), seen);
}

export function totalsOf(run: MeteredRun): Totals {
  const { perVote, perVoteAtEvenPace, perPoll } = run;
  return {
    votes: dollarsFor(times(perVote, MILLION)),
    withOnePoll: dollarsFor(times(plus(perVote, perPoll), MILLION)),
    votesAtEvenPace: dollarsFor(times(perVoteAtEvenPace, MILLION)),
    idleDay: billedFor(idleUse(run), 1 / DAYS_PER_MONTH),
    monthWithAMillion: billedFor(plus(times(perVote, MILLION), times(idleUse(run), DAYS_PER_MONTH)), 1),
  };
}

/** Whether every promise is kept. */
export function isWithinLimits({ votes, withOnePoll, idleDay: idle }: Totals): boolean {
  return votes <= LIMITS.perMillionVotes && withOnePoll <= LIMITS.perMillionWithOnePoll && idle <= LIMITS.perIdleDay;
}

function amountText(amount: number): string {
  return amount >= 100 ? grouped(amount) : amount.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function verdict(amount: number, limit: number): string {
  return amount <= limit ? `within ${dollars(limit)}` : `ABOVE ${dollars(limit)} by ${(amount - limit).toFixed(3)}`;
}

const right = { align: "right" } as const;

function linesTable({ perVote, perVoteAtEvenPace, perPoll }: MeteredRun): string {
  const inMillions = (used: Usage) => billFor(times(used, MILLION));
  const [votes, even, polls] = [inMillions(perVote), inMillions(perVoteAtEvenPace), inMillions(perPoll)];
  const rows = votes.map(({ service, unit, amount, dollars: cost }, index) => [
    service,
    unit,
    amountText(amount),
    dollars(cost),
    dollars(even[index]?.dollars ?? 0),
    dollars(polls[index]?.dollars ?? 0),
  ]);
  const total = (used: Usage): string => dollars(dollarsFor(times(used, MILLION)));
  return layOut(
    [
      ["", "", "in a rush", "US$", `US$ at ${EVEN_PACE_PER_SECOND}/s`, "US$ for a poll"],
      ...rows,
      ["total", "", "", total(perVote), total(perVoteAtEvenPace), total(perPoll)],
    ],
    [{}, {}, right, right, right, right],
  );
}

/** US dollars per million votes for 10 ms more in `submit`. */
function addedByWaiting({ times: functionTimes }: MeteredRun): number {
  const submit = functionTimes.find(({ name }) => name === "submit");
  return submit === undefined
    ? 0
    : gigabyteSeconds({ ...submit, billedMs: 10 }) * MILLION * PRICES.lambdaGigabyteSecond;
}

/** What is billed for votes by services that the limit does not name. */
function besideTable({ logBytesPerVote, storedBytesPerVote }: MeteredRun): string {
  const gigabytes = (bytes: number): number => (bytes * MILLION) / BYTES_PER_GIGABYTE;
  const stored = gigabytes(storedBytesPerVote) * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth);
  return layOut(
    [
      ["storage, ballots and roll, with backup", `${dollars(stored)} a month`, "measured"],
      [
        "the site, loaded once by each voter who votes there",
        dollars(MILLION * (PAGE_REQUESTS * PRICES.cdnRequest + PAGE_GIGABYTES * PRICES.cdnGigabyteOut)),
        `${PAGE_REQUESTS} requests assumed, ${PAGE_GIGABYTES * 1e6} kB (docs/performance.md); AWS's allowance covers a million of them a month`,
      ],
      ["firewall, by request", dollars(OTHER_PRICES.firewallRequest * MILLION), "one for each vote"],
      [
        "logs",
        dollars(gigabytes(logBytesPerVote + PLATFORM_LOG_BYTES) * OTHER_PRICES.logGigabyte),
        `${grouped(logBytesPerVote)} bytes a vote measured, ${PLATFORM_LOG_BYTES} of AWS's own assumed`,
      ],
      ["traces", dollars(TRACED * OTHER_PRICES.trace * MILLION), "one vote in twenty, assumed"],
    ],
    [{}, right, {}],
  );
}

/** Lines of an idle day: amounts, the price list, and what is billed. */
function idleTable(run: MeteredRun): string {
  return layOut(
    [
      ["an idle day, storage aside", "", "", "US$ by the list", "US$ billed"],
      ...billAfterAllowance(idleUse(run), 1 / DAYS_PER_MONTH).map(
        ({ service, unit, amount, dollars: listed, billed }) => [
          service,
          unit,
          amountText(amount),
          listed.toFixed(4),
          billed.toFixed(4),
        ],
      ),
    ],
    [{}, {}, right, right, right],
  );
}

/** Time of each function: what it waited for others, its own processor time, and both on Lambda. */
function timesTable({ times: functionTimes }: MeteredRun): string {
  return layOut(
    [
      ["an invocation of", "memory", "waiting", "processor", "on Lambda"],
      ...functionTimes.map(({ name, memoryMegabytes, waitingMs, cpuMs, billedMs }) => [
        name,
        `${memoryMegabytes} MB`,
        `${waitingMs.toFixed(1)} ms`,
        `${cpuMs.toFixed(1)} ms`,
        `${billedMs} ms`,
      ]),
    ],
    [{}, right, right, right, right],
  );
}

/** Where each price is from. */
function sourcesTable(): string {
  return layOut(
    PRICED.map((priced) => {
      const { page, says, seen } = PRICE_SOURCES[priced];
      return [SERVICES[priced].join(", "), `aws.amazon.com/${page}/pricing: ${says}`, seen];
    }),
    [{}, {}, {}],
  );
}

/** Each way to spend less, with what it would save of a million votes. */
function waysToSave({ perVote }: MeteredRun): readonly string[] {
  const writesOfTallies = Math.max(0, perVote.tableWriteUnit - 1) * MILLION * PRICES.tableWriteUnit;
  const time = perVote.lambdaGigabyteSecond * MILLION * PRICES.lambdaGigabyteSecond;
  const front = (PRICES.cdnRequest + PRICES.apiRequest) * MILLION;
  return [
    `CloudFront and the HTTP API take ${dollars(front)} for a million requests, whatever we do. Posting past CloudFront would save half of it, and lose the firewall.`,
    `Lambda's time is ${dollars(time)}: less memory (ballotMemoryMegabytes) saves what is waiting, and makes the processor slower.`,
    `Larger batches for tally (tallyBatchWindowSeconds) would save up to ${dollars(writesOfTallies)} of write units.`,
  ];
}

export function costReport(run: MeteredRun): string {
  const totals = totalsOf(run);
  return [
    `US dollars per million votes, from ${grouped(run.votes)} votes metered on this machine; counts wait ${run.tallyBatchWindowSeconds} s for their batch to fill`,
    linesTable(run),
    "",
    layOut(
      [
        ["a million votes", dollars(totals.votes), verdict(totals.votes, LIMITS.perMillionVotes)],
        [
          "with one status poll each",
          dollars(totals.withOnePoll),
          verdict(totals.withOnePoll, LIMITS.perMillionWithOnePoll),
        ],
        [
          "an idle day but storage, billed",
          totals.idleDay.toFixed(4),
          totals.idleDay <= LIMITS.perIdleDay ? "nothing: less than a cent a month" : "ABOVE nothing",
        ],
        [
          `a million votes at an even ${EVEN_PACE_PER_SECOND}/s`,
          dollars(totals.votesAtEvenPace),
          "no limit: the queue hands over one vote at a time, since with a window Lambda may hold one back for 20 s",
        ],
        [
          "a month with a million votes, billed",
          dollars(totals.monthWithAMillion),
          "no limit: after AWS's allowance, idle days included",
        ],
      ],
      [{}, right, {}],
    ),
    "",
    idleTable(run),
    "Billed is what AWS's always-free allowance leaves (a million requests to SQS and to Lambda a month, 400,000 GB-seconds),",
    "when the account uses it for nothing else. Limits of votes are judged without it. Lambda reads streams for nothing.",
    "",
    "Not in these limits, per million votes:",
    besideTable(run),
    "and each month, votes or none: firewall about 11, encryption keys 2, secrets 0.40 each, alarms about 3 (docs/deploy.md).",
    "",
    timesTable(run),
    "Waiting was measured at the even pace, processor time in the rush. On Lambda a function has a share of a processor, by its",
    "memory: 1,769 MB is a whole one. Assumed: that is as fast as one here, and AWS's queue and tables answer like the embedded",
    `ones. Each 10 ms more that submit waits would add ${dollars(addedByWaiting(run))}.`,
    "",
    `Prices: ${PRICE_LIST.asOf}, ${PRICE_LIST.region}; ${PRICE_LIST.terms}.`,
    `  Source: ${PRICE_LIST.source}; ${PRICE_LIST.checked}.`,
    sourcesTable(),
    "",
    "Measured: invocations, capacity units (DynamoDB Local's own count), requests to the queue, bodies of requests and answers.",
    `  In ${run.idle.seconds} s of silence: ${run.idle.invocations} invocations, ${run.idle.units} units.`,
    `Assumed: headers are ${REQUEST_HEADER_BYTES} bytes of a request and ${ANSWER_HEADER_BYTES} of an answer; cold starts are too few to matter; a quiet queue is polled`,
    "  by five pollers every 20 s; a recount of nothing takes 0.3 s.",
    ...(isWithinLimits(totals) ? [] : ["", "What could be done:", ...waysToSave(run).map((way) => `  - ${way}`)]),
  ].join("\n");
}
