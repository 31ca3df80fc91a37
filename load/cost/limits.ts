import { PARAMETERS } from "#infra/parameters.ts";
import { billedFor, DAYS_PER_MONTH, idleDay } from "#load/cost/idle-day.ts";
import type { MeteredRun } from "#load/cost/metered-run.ts";
import { dollarsFor, NOTHING, plus, times, type Usage } from "#load/shared/bill.ts";
import { bytesOf, MOST } from "#load/site-bench/whole-voter.ts";

/** What was promised, and what a run says of it. */

export const MILLION = 1e6;
const BYTES_PER_KB = 1000;
const SECONDS_PER_DAY = 86_400;

/**
 * In US dollars by infra/prices.ts: a million voters all in, a million votes behind that, and the bill of an idle day, storage
 * aside, which is what Lambda's polls of two queues come to above the allowance.
 */
export const LIMITS = {
  perMillionVoters: 19,
  requestsPerVoter: MOST.requests,
  kBPerVoter: MOST.kB,
  perMillionVotes: 3.6,
  perMillionWithOnePoll: 6.0,
  perIdleDay: 0.15 / DAYS_PER_MONTH,
} as const;

/** The default schedule. */
const recountEveryMinutes = PARAMETERS.recountEveryMinutes.parse(undefined);
const recountMemoryMegabytes = PARAMETERS.recountMemoryMegabytes.parse(undefined);
const statesOpenings = PARAMETERS.statesOpenings.parse(undefined);

/** What a stage with the default schedule uses on an idle day, plus what the run measured in silence, which should be nothing. */
export function idleUse({ idle }: MeteredRun): Usage {
  const perDay = SECONDS_PER_DAY / idle.seconds;
  const seen = { ...NOTHING, lambdaRequest: idle.invocations * perDay, tableWriteUnit: idle.units * perDay };
  return plus(idleDay({ recountEveryMinutes, recountMemoryMegabytes, statesOpenings }), seen);
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** US dollars per million by the price list, except the last two, which are what AWS bills. */
export function totalsOf(run: MeteredRun) {
  const { perVote, perVoteAtEvenPace, perPoll, perVoter, visits } = run;
  const idle = idleUse(run);
  return {
    voters: dollarsFor(times(perVoter, MILLION)),
    requestsPerVoter: average(visits.map((visit) => visit.length)),
    kBPerVoter: average(visits.map(bytesOf)) / BYTES_PER_KB,
    votes: dollarsFor(times(perVote, MILLION)),
    withOnePoll: dollarsFor(times(plus(perVote, perPoll), MILLION)),
    votesAtEvenPace: dollarsFor(times(perVoteAtEvenPace, MILLION)),
    idleDay: billedFor(idle, 1 / DAYS_PER_MONTH),
    // With no other voters in the month.
    monthWithAMillion: billedFor(plus(times(perVoter, MILLION), times(idle, DAYS_PER_MONTH)), 1),
  };
}
export type Totals = ReturnType<typeof totalsOf>;

export function isWithinLimits(totals: Totals): boolean {
  return (
    totals.voters <= LIMITS.perMillionVoters &&
    totals.requestsPerVoter <= LIMITS.requestsPerVoter &&
    totals.kBPerVoter <= LIMITS.kBPerVoter &&
    totals.votes <= LIMITS.perMillionVotes &&
    totals.withOnePoll <= LIMITS.perMillionWithOnePoll &&
    totals.idleDay <= LIMITS.perIdleDay
  );
}
