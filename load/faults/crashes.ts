import * as z from "zod";
import type { Fault } from "#load/faults/fault.ts";
import type { Call } from "#load/faults/fault-proxy.ts";
import type { Laptop } from "#load/faults/laptop.ts";
import { laptopFault } from "#load/faults/laptop-fault.ts";
import { timesOf } from "#load/shared/report.ts";

/** kill -9 of a function at one of its writes: before it arrives, or after, so that only the answer is lost. */

const Written = z.object({ TableName: z.string().optional() });

/** The writes that a function's promise rests on. */
const WRITES: Readonly<Record<"submit" | "validate" | "tally", (call: Call, laptop: Laptop) => boolean>> = {
  submit: ({ action }) => action === "SendMessage",
  validate: ({ action, body }, { running: { outputs } }) =>
    action === "BatchExecuteStatement" ||
    (action === "UpdateItem" && Written.parse(JSON.parse(body)).TableName === outputs.ReviewTable),
  tally: ({ action, body }, { running: { outputs } }) =>
    action === "UpdateItem" && Written.parse(JSON.parse(body)).TableName === outputs.TalliesTable,
};

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
        return {
          // A kill that did not come about was not tried.
          times: before + after === times ? times : 0,
          happened: `killed ${timesOf(before + after)}: ${before} before a write, ${after} after it`,
        };
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
