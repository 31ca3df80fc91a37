import { layOut } from "#admin/text-table.ts";
import { OTHER_PRICES, PRICE_LIST, PRICES } from "#infra/prices.ts";
import { billFor, dollarsFor, plus, times, type Usage } from "#load/cost/bill.ts";
import { CDN_HEADER_BYTES, EVEN_PACE_PER_SECOND, MEMORY_MEGABYTES, type MeteredRun } from "#load/cost/metered-run.ts";
import { grouped } from "#load/report.ts";

/** What `npm run cost` says: each line, the totals beside their limits, what nobody promised, and what was assumed. */

const MILLION = 1e6;

/** Promised in US dollars, per million votes, by infra/prices.ts. */
export const LIMITS = { perMillionVotes: 3.5, perMillionWithOnePoll: 6.0, perIdleDay: 0 } as const;

/** Pollers of an SQS mapping with a maximum of its own: five, each asking again every 20 s (Lambda guide, "Scaling and SQS"). */
const IDLE_QUEUE_REQUESTS_PER_DAY = (5 * 24 * 60 * 60) / 20;
const BYTES_PER_GIGABYTE = 1e9;
/** X-Ray keeps one request in twenty (infra/function.ts turns it on; the default rule of AWS). */
const TRACED = 0.05;
/** What Lambda and the HTTP API write of themselves for each request. Assumed. */
const PLATFORM_LOG_BYTES = 900;

export type Totals = Readonly<{ votes: number; withOnePoll: number; idleDay: number }>;

/** US dollars per million votes, and for a day without any. */
export function totalsOf({ perVote, perPoll, idle }: MeteredRun): Totals {
  const idleUse = idle.invocations + idle.units;
  return {
    votes: dollarsFor(times(perVote, MILLION)),
    withOnePoll: dollarsFor(times(plus(perVote, perPoll), MILLION)),
    // Anything used in silence would be a defect of unknown price; the most expensive unit is a fair guess at it.
    idleDay:
      IDLE_QUEUE_REQUESTS_PER_DAY * PRICES.queueRequest + ((idleUse * 86_400) / idle.seconds) * PRICES.tableWriteUnit,
  };
}

/** Whether every promise is kept. */
export function isWithinLimits({ votes, withOnePoll, idleDay }: Totals): boolean {
  return votes <= LIMITS.perMillionVotes && withOnePoll <= LIMITS.perMillionWithOnePoll && idleDay <= LIMITS.perIdleDay;
}

export function dollars(amount: number): string {
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
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

/** What is billed for votes by services that the limit does not name. */
function besideTable({ logBytesPerVote, storedBytesPerVote }: MeteredRun): string {
  const gigabytes = (bytes: number): number => (bytes * MILLION) / BYTES_PER_GIGABYTE;
  const stored = gigabytes(storedBytesPerVote) * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth);
  return layOut(
    [
      ["storage, ballots and roll, with backup", `${dollars(stored)} a month`, "measured"],
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

/** Each way to spend less, with what it would save of a million votes. */
function waysToSave({ perVote, times: functionTimes }: MeteredRun): readonly string[] {
  const writesOfTallies = Math.max(0, perVote.tableWriteUnit - 1) * MILLION * PRICES.tableWriteUnit;
  const memory = perVote.lambdaGigabyteSecond * MILLION * PRICES.lambdaGigabyteSecond;
  const validate = functionTimes.find(({ name }) => name === "validate");
  const front = (PRICES.cdnRequest + PRICES.apiRequest) * MILLION;
  return [
    `CloudFront and the HTTP API take ${dollars(front)} for a million requests, whatever we do. Posting past CloudFront would save half of it, and lose the firewall.`,
    `Half the memory (memoryMegabytes ${MEMORY_MEGABYTES / 2}) would save up to ${dollars(memory / 2)}, if the functions get no slower; Lambda's processor shrinks with it.`,
    `Larger batches for tally (tallyBatchWindowSeconds) would save up to ${dollars(writesOfTallies)} of write units.`,
    `Batches of validate took ${(validate?.billedMs ?? 0).toFixed(0)} ms while the laptop's two cores were full; on Lambda they have one to themselves.`,
    `At ${EVEN_PACE_PER_SECOND} votes a second batches are short; tallyBatchWindowSeconds and validateBatchWindowSeconds fill them, and each adds its seconds to the wait. Not measured.`,
    "The empty polls of an idle day end when the queue's mapping is disabled while no vote is open (aws lambda update-event-source-mapping --no-enabled).",
  ];
}

export function costReport(run: MeteredRun): string {
  const totals = totalsOf(run);
  const timed = run.times.map(({ name, billedMs }) => `${name} ${billedMs.toFixed(1)} ms`).join(", ");
  return [
    `US dollars per million votes, from ${grouped(run.votes)} votes metered on this machine`,
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
        ["an idle day but storage", totals.idleDay.toFixed(4), verdict(totals.idleDay, LIMITS.perIdleDay)],
      ],
      [{}, right, {}],
    ),
    "",
    "Not in these limits, per million votes:",
    besideTable(run),
    "and each month, votes or none: firewall about 11, encryption keys 2, secrets 0.40 each, alarms about 3 (docs/deploy.md).",
    "",
    `Prices: ${PRICE_LIST.asOf}, ${PRICE_LIST.region}; ${PRICE_LIST.terms}.`,
    `  Source: ${PRICE_LIST.source}; ${PRICE_LIST.checked}.`,
    "Measured: invocations, capacity units (DynamoDB Local's own count), requests to the queue, bytes of requests and answers, time of",
    `  each invocation at ${MEMORY_MEGABYTES} MB: ${timed}. In ${run.idle.seconds} s of silence: ${run.idle.invocations} invocations, ${run.idle.units} units.`,
    `Assumed: Lambda takes as long as this machine does; CloudFront adds ${CDN_HEADER_BYTES} bytes to an answer; cold starts are too few to`,
    `  matter; a quiet queue is polled ${grouped(IDLE_QUEUE_REQUESTS_PER_DAY)} times a day. Twice the time on Lambda would add ${dollars(run.perVote.lambdaGigabyteSecond * MILLION * PRICES.lambdaGigabyteSecond)}.`,
    ...(isWithinLimits(totals) ? [] : ["", "What could be done:", ...waysToSave(run).map((way) => `  - ${way}`)]),
  ].join("\n");
}
