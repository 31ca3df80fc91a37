import type { Fault } from "#load/faults/fault.ts";
import { laptopFault } from "#load/faults/laptop-fault.ts";
import { grouped } from "#load/shared/report.ts";

/** Functions whose clocks are five minutes off in both directions, ten apart. */

const OFF_MS = 5 * 60_000;
/** A ballot's time is truncated to the minute, and the poll takes some. */
const SEEN_OFF_MS = 2 * 60_000;

function clockOff(name: string, told: string, submitOffMs: number): Fault {
  return laptopFault(
    { name, told, isShort: false },
    () => {
      const beganMs = Date.now();
      let endedMs = beganMs;
      return {
        onVoted() {
          endedMs = Date.now();
        },
        happened({ castAtMs }) {
          const off = [...castAtMs.values()].filter(
            (atMs) => atMs > endedMs + SEEN_OFF_MS || atMs < beganMs - SEEN_OFF_MS,
          ).length;
          return { times: off, happened: `${grouped(off)} ballots bear a time five minutes off` };
        },
      };
    },
    { clockOffsetsMs: { submit: submitOffMs, validate: -submitOffMs, tally: -submitOffMs } },
  );
}

export const CLOCK: readonly Fault[] = [
  clockOff("clock-ahead", "the clock of `submit` 5 minutes ahead, of `validate` and `tally` 5 behind", OFF_MS),
  clockOff("clock-behind", "the clock of `submit` 5 minutes behind, of `validate` and `tally` 5 ahead", -OFF_MS),
];
