import { LOOK_EVERY_MINUTES } from "#functions/state-opening/contract.ts";
import { STATE_OPENING_MEGABYTES } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { ALWAYS_FREE, PRICES } from "#infra/prices.ts";
import { billFor, type Line, NOTHING, type Usage } from "#load/shared/bill.ts";

/** A stage's use on a day without votes, storage aside, and what AWS bills for it. */

const MINUTES_PER_DAY = 24 * 60;
export const DAYS_PER_MONTH = 31;

/** A mapping has at least five pollers, each asking an empty queue again every 20 s (Lambda guide, "Scaling and SQS"). */
const QUEUE_POLLS = (5 * MINUTES_PER_DAY * 60) / 20;
/** Of votes, and of what the office asks for. */
const QUEUES = 2;
/** `recount` reports every five minutes which votes are open (infra/functions/recount.ts), and recounts on its own schedule. */
const TELLING_OPEN_EVERY_MINUTES = 5;
/** Of `recount` when there is nothing to recount, or `state-opening` nothing to state: one scan of the elections. A generous assumption. */
const SCAN_SECONDS = 0.3;
const SCAN_READ_UNITS = 2;
const MEGABYTES_PER_GIGABYTE = 1024;

/** What an idle stage uses: Lambda's polls of empty queues, and the schedules. Polls of a stream are free. */
export function idleDay(
  stage: Pick<Config, "recountEveryMinutes" | "recountMemoryMegabytes" | "statesOpenings">,
): Usage {
  const { recountEveryMinutes: every, recountMemoryMegabytes, statesOpenings } = stage;
  const scheduled = every === 0 ? 0 : MINUTES_PER_DAY / every + MINUTES_PER_DAY / TELLING_OPEN_EVERY_MINUTES;
  const looks = statesOpenings ? MINUTES_PER_DAY / LOOK_EVERY_MINUTES : 0;
  const megabyteSeconds = SCAN_SECONDS * (scheduled * recountMemoryMegabytes + looks * STATE_OPENING_MEGABYTES);
  return {
    ...NOTHING,
    queueRequest: QUEUES * QUEUE_POLLS,
    lambdaRequest: scheduled + looks,
    lambdaGigabyteSecond: megabyteSeconds / MEGABYTES_PER_GIGABYTE,
    tableReadUnit: (scheduled + looks) * SCAN_READ_UNITS,
  };
}

/**
 * A line for each thing used, by the price list and as billed when the account uses its allowance for nothing else.
 * @param months how much of the monthly allowance applies, 1 for a whole month's use
 */
export function billAfterAllowance(used: Usage, months: number): readonly (Line & Readonly<{ billed: number }>)[] {
  const lines = billFor(used).filter(({ amount }) => amount > 0);
  return lines.map((line) => {
    const allowed = (ALWAYS_FREE[line.priced] ?? 0) * months;
    return { ...line, billed: Math.max(0, line.amount - allowed) * PRICES[line.priced] };
  });
}

export function billedFor(used: Usage, months: number): number {
  return billAfterAllowance(used, months).reduce((sum, { billed }) => sum + billed, 0);
}
