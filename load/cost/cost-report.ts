import { layOut } from "#admin/terminal/text-table.ts";
import { PRICE_LIST, PRICE_SOURCES, PRICES } from "#infra/prices.ts";
import { EDGE_PLACES, VOTERS_PER_SECOND } from "#load/cost/edge.ts";
import { gigabyteSeconds } from "#load/cost/lambda-time.ts";
import { isWithinLimits, MILLION, totalsOf } from "#load/cost/limits.ts";
import { API_LOG_BYTES, CDN_LOG_BYTES } from "#load/cost/log-bytes.ts";
import { ANSWER_HEADER_BYTES, type MeteredRun, REQUEST_HEADER_BYTES } from "#load/cost/metered-run.ts";
import { plansReport } from "#load/cost/plans-table.ts";
import { idleTable, linesTable, storagePrice, timesTable, totalsTable } from "#load/cost/vote-tables.ts";
import { headline, requestsTable, voterLines } from "#load/cost/voter-table.ts";
import { TRACED } from "#load/cost/voter-use.ts";
import { PRICED, SERVICES } from "#load/shared/bill.ts";
import { dollars, grouped } from "#load/shared/report.ts";

/** The report of `npm run cost`: one voter all in, the votes alone, plans of CloudFront, and what was assumed. */

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
  const atTheEdge = (PRICES.cdnRequest + PRICES.firewallRequest) * MILLION;
  return `

What could be done:
  - Each request of a voter costs ${dollars(atTheEdge)} for a million at CloudFront and its firewall, and ${dollars(PRICES.apiRequest * MILLION)} more if it reaches the API; each 10 kB ${dollars(10e-6 * PRICES.cdnGigabyteOut * MILLION)}.
  - Lambda's time is ${dollars(time)}: less memory (ballotMemoryMegabytes) makes waiting cheaper and the processor slower.
  - Larger batches for tally (tallyBatchWindowSeconds) would save up to ${dollars(writesOfTallies)} of write units.`;
}

export function costReport(run: MeteredRun): string {
  const totals = totalsOf(run);
  return `One voter, all in: page, vote, one look at the outcome, one at results; ${run.visits.length} visits in Chromium
${headline(totals)}

${requestsTable(run)}

${voterLines(run)}

The votes alone, in US dollars per million, from ${grouped(run.votes)} votes metered on this machine; counts wait ${run.tallyBatchWindowSeconds} s for their batch to fill
${linesTable(run)}

${totalsTable(totals)}

${idleTable(run)}
Billed is what AWS's always-free allowance leaves, when the account uses it for nothing else. Voters and votes are judged
without it. Lambda reads streams free of charge.

Storage of a million ballots and their roll, with backup: ${dollars(storagePrice(run))} a month. With or without votes, each month: firewall 11, encryption
keys 9, secrets 0.40 each, alarms about 6 (docs/deploy.md).

${plansReport(run.perVoter)}

${timesTable(run)}
Waiting was measured at the even pace, processor time in the rush. On Lambda a function has a share of a processor, by its
memory: 1,769 MB is a whole one. Assumed: that is as fast as one here, and AWS's queue and tables answer like the embedded
ones. Each 10 ms more that submit waits would add ${dollars(addedByWaiting(run))}.

Prices: ${PRICE_LIST.asOf}, ${PRICE_LIST.region}; ${PRICE_LIST.terms}.
  Source: ${PRICE_LIST.source}; ${PRICE_LIST.checked}.
${sourcesTable()}

Measured: requests and bytes of voters in Chromium over HTTP/2 with nothing cached, with CloudFront's headers; invocations,
  capacity units (DynamoDB Local's own count), requests to the queue, bodies of requests and answers, lines that functions log.
  In ${run.idle.seconds} s of silence: ${run.idle.invocations} invocations, ${run.idle.units} units.
Assumed: a request to the API has ${REQUEST_HEADER_BYTES} bytes of headers, and a vote's answer without a browser ${ANSWER_HEADER_BYTES}; ${VOTERS_PER_SECOND} voters a second come through
  ${EDGE_PLACES} edges, each of which keeps an answer as long as it says; a line of CloudFront's log takes ${CDN_LOG_BYTES} bytes and one of the API's
  ${API_LOG_BYTES}; Lambda traces ${100 * TRACED} % of batches; cold starts are too few to matter; a quiet queue is polled by five pollers every 20 s; a
  recount of nothing takes 0.3 s, and so does a look for openings to state.${isWithinLimits(totals) ? "" : waysToSave(run)}`;
}
