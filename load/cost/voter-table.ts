import { layOut } from "#admin/terminal/text-table.ts";
import { isOfTheApi, secondsKept, sharePassedOn } from "#load/cost/edge.ts";
import { LIMITS, MILLION, type Totals } from "#load/cost/limits.ts";
import type { MeteredRun } from "#load/cost/metered-run.ts";
import { requestUse } from "#load/cost/voter-use.ts";
import { billFor, dollarsFor, times } from "#load/shared/bill.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { dollars } from "#load/shared/report.ts";
import type { Exchange } from "#load/site-bench/whole-voter.ts";

/** The headline: one voter, all in, request by request and service by service. */

const right = { align: "right" } as const;
const BYTES_PER_KB = 1000;
/** Beyond, "a day" says as much. */
const SECONDS_PER_DAY = 86_400;

export function verdict(amount: number, limit: number, digits = 2): string {
  return amount <= limit
    ? `within ${limit.toFixed(digits)}`
    : `ABOVE ${limit.toFixed(digits)} by ${(amount - limit).toFixed(digits + 1)}`;
}

export function headline({ voters, requestsPerVoter, kBPerVoter }: Totals): string {
  const rows = [
    ["US dollars for a million voters", dollars(voters), verdict(voters, LIMITS.perMillionVoters)],
    ["requests of a voter", shortNumber(requestsPerVoter), verdict(requestsPerVoter, LIMITS.requestsPerVoter, 0)],
    ["kB to a voter", shortNumber(kBPerVoter), verdict(kBPerVoter, LIMITS.kBPerVoter, 0)],
  ];
  return layOut(rows, [{}, right, {}]);
}

function lifetime(exchange: Exchange): string {
  const seconds = secondsKept(exchange);
  if (seconds === 0) return "not kept";
  return seconds >= SECONDS_PER_DAY ? "a day and more" : `${seconds} s`;
}

const nameOf = ({ method, path }: Exchange): string =>
  `${method} ${path.replace(/(\/votes\/)[^/]+$/, "$1{request_id}").replace(/-[^/]{8}(?=\.\w+$)/, "")}`;

/** The requests of the first of the run's visits. */
export function requestsTable(run: MeteredRun): string {
  const rows = (run.visits[0] ?? []).map((exchange) => [
    nameOf(exchange),
    (exchange.bytes / BYTES_PER_KB).toFixed(1),
    lifetime(exchange),
    `${(100 * sharePassedOn(exchange)).toFixed(0)} %${isOfTheApi(exchange) ? "" : " to the bucket"}`,
    dollars(dollarsFor(times(requestUse(exchange, run), MILLION))),
  ]);
  const head = ["one voter's requests", "kB", "kept at the edge", "passed on", "US$ a million"];
  return layOut([head, ...rows], [{}, right, {}, {}, right]);
}

export function voterLines({ perVoter }: MeteredRun): string {
  const lines = billFor(times(perVoter, MILLION)).filter(({ amount }) => amount > 0);
  const rows = lines.map(({ service, unit, amount, dollars: cost }) => [
    service,
    unit,
    shortNumber(amount),
    dollars(cost),
  ]);
  const total = dollars(lines.reduce((sum, line) => sum + line.dollars, 0));
  return layOut(
    [["a million voters, all in", "", "", "US$"], ...rows, ["total", "", "", total]],
    [{}, {}, right, right],
  );
}
