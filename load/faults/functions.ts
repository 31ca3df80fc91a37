import * as z from "zod";
import type { Fault } from "#load/faults/fault.ts";
import type { Laptop } from "#load/faults/laptop.ts";
import { laptopFault } from "#load/faults/laptop-fault.ts";
import type { ServiceCall } from "#load/metering/service-proxy.ts";
import { grouped, timesOf } from "#load/shared/report.ts";

/** Functions are killed, have wrong clocks, are replaced. */

const Written = z.object({ TableName: z.string().optional() });

/** The writes that a function's promise rests on. */
const WRITES: Readonly<Record<"submit" | "validate" | "tally", (call: ServiceCall, laptop: Laptop) => boolean>> = {
  submit: ({ action }) => action === "SendMessage",
  validate: ({ action, body }, { running: { outputs } }) =>
    action === "BatchExecuteStatement" ||
    (action === "UpdateItem" && Written.parse(JSON.parse(body)).TableName === outputs.RejectedAttemptsTable),
  tally: ({ action, body }, { running: { outputs } }) =>
    action === "UpdateItem" && Written.parse(JSON.parse(body)).TableName === outputs.TalliesTable,
};

/** kill -9 of a function at one of its writes: before the write arrives, or after, so that only the answer is lost. */
function killOf(name: keyof typeof WRITES, times: number, isShort = false): Fault {
  const fault = {
    name: times === 1 ? `kill-${name}` : `kill-${name}-${times}`,
    told: `kill -9 of \`${name}\` ${timesOf(times)}, at one of its writes`,
    isShort,
  };
  return laptopFault(fault, (laptop, { random }) => {
    const kills = { before: 0, after: 0 };
    let armed = 0;
    return {
      at: { moments: times, act: () => void armed++ },
      async interceptor(call, pass) {
        if (armed === 0 || !WRITES[name](call, laptop)) return pass();
        armed--;
        const isAfter = random(2) === 1;
        if (isAfter) await pass();
        kills[isAfter ? "after" : "before"]++;
        laptop.functions.get(name)?.kill();
        return "no-answer";
      },
      happened() {
        const { before, after } = kills;
        const happened = `killed ${timesOf(before + after)}: ${before} before a write, ${after} after it`;
        // Every kill must have occurred.
        return { times: before + after === times ? times : 0, happened };
      },
    };
  });
}

export const CRASHES: readonly Fault[] = [
  killOf("validate", 1, true),
  killOf("validate", 8),
  killOf("tally", 1),
  killOf("tally", 8, true),
  killOf("submit", 1, true),
  killOf("submit", 8),
];

const OFF_MS = 5 * 60_000;
/** A ballot's time is truncated to the minute, and voting takes a while. */
const SEEN_OFF_MS = 2 * 60_000;

/** Clocks that are five minutes off in opposite directions, so ten apart. */
function clockOff(name: string, told: string, submitOffMs: number): Fault {
  const clockOffsetsMs = { submit: submitOffMs, validate: -submitOffMs, tally: -submitOffMs };
  const breaking = () => {
    const beganMs = Date.now();
    let endedMs = beganMs;
    return {
      onVoted() {
        endedMs = Date.now();
      },
      happened({ castAtMs }: Readonly<{ castAtMs: ReadonlyMap<string, number> }>) {
        const [earliestMs, latestMs] = [beganMs - SEEN_OFF_MS, endedMs + SEEN_OFF_MS];
        const times = [...castAtMs.values()].filter((atMs) => atMs > latestMs || atMs < earliestMs).length;
        return { times, happened: `${grouped(times)} ballots bear a time five minutes off` };
      },
    };
  };
  return laptopFault({ name, told, isShort: false }, breaking, { clockOffsetsMs });
}

export const CLOCK: readonly Fault[] = [
  clockOff("clock-ahead", "the clock of `submit` 5 minutes ahead, of `validate` and `tally` 5 behind", OFF_MS),
  clockOff("clock-behind", "the clock of `submit` 5 minutes behind, of `validate` and `tally` 5 ahead", -OFF_MS),
];

const DEPLOYMENTS = 3;

/** New processes take new invocations, the old ones finish theirs, and definitions are applied again. */
export const DEPLOYMENT: Fault = laptopFault(
  {
    name: "deploy",
    told: `a deployment in the middle, ${timesOf(DEPLOYMENTS)}: every function's process is replaced, the definitions are applied again`,
    isShort: false,
  },
  ({ functions, redeploy }) => {
    const deploying: Promise<readonly string[]>[] = [];
    let refused: readonly string[] = [];
    return {
      at: {
        moments: DEPLOYMENTS,
        act: () => void deploying.push(redeploy().catch((error: unknown) => [String(error)])),
      },
      async onVoted() {
        refused = (await Promise.all(deploying)).flat();
      },
      happened() {
        const replaced = deploying.length * functions.size;
        const happened = `${timesOf(deploying.length)}: ${replaced} processes replaced, ${refused.length} definitions refused`;
        return { times: refused.length === 0 ? replaced : 0, happened };
      },
    };
  },
  {},
);
