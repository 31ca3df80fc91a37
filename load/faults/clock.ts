import type { Fault } from "#load/faults/fault.ts";
import { onLaptop } from "#load/faults/laptop.ts";
import { openPoll } from "#load/faults/poll.ts";
import { grouped } from "#load/shared/report.ts";

/** Functions whose clocks are five minutes off, in both directions at once, so that they are ten apart. */

const OFF_MS = 5 * 60_000;
/** A ballot's time is cut to the minute, and the poll itself takes some. */
const SEEN_OFF_MS = 2 * 60_000;

function clockOff(name: string, told: string, submitOffMs: number): Fault {
  return {
    name,
    told,
    isShort: false,
    run: (trial) =>
      onLaptop(
        { clockOffsetsMs: { submit: submitOffMs, validate: -submitOffMs, tally: -submitOffMs } },
        async (laptop) => {
          const poll = await openPoll(laptop.running, trial);
          const beganMs = Date.now();
          await poll.vote(() => {});
          const endedMs = Date.now();
          await poll.decide(laptop.running);
          const outcome = await poll.settle(laptop.running);
          const off = [...outcome.castAtMs.values()].filter(
            (castAtMs) => castAtMs > endedMs + SEEN_OFF_MS || castAtMs < beganMs - SEEN_OFF_MS,
          ).length;
          return { ...outcome, times: off, happened: `${grouped(off)} ballots bear a time five minutes off` };
        },
      ),
  };
}

export const CLOCK: readonly Fault[] = [
  clockOff("clock-ahead", "the clock of `submit` 5 minutes ahead, of `validate` and `tally` 5 behind", OFF_MS),
  clockOff("clock-behind", "the clock of `submit` 5 minutes behind, of `validate` and `tally` 5 ahead", -OFF_MS),
];
