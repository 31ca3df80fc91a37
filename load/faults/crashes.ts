import * as z from "zod";
import type { Fault } from "#load/faults/fault.ts";
import type { Call, Interceptor } from "#load/faults/fault-proxy.ts";
import { type Laptop, onAnyLaptop } from "#load/faults/laptop.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";
import type { Random } from "#load/shared/ballots.ts";
import { timesOf } from "#load/shared/report.ts";

/** kill -9 of a function at one of its writes: before the service has it, or after, when only the answer is lost. */

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

type Killing = Readonly<{
  interceptor: Interceptor;
  /** The next write kills. */
  arm(): void;
  kills(): Readonly<{ before: number; after: number }>;
}>;

function killing(name: keyof typeof WRITES, laptop: Laptop, random: Random): Killing {
  const kills = { before: 0, after: 0 };
  let armed = 0;
  return {
    arm() {
      armed++;
    },
    kills: () => kills,
    async interceptor(call, pass) {
      if (armed === 0 || !WRITES[name](call, laptop)) return pass();
      armed--;
      const isAfter = random(2) === 1;
      if (isAfter) await pass();
      kills[isAfter ? "after" : "before"]++;
      laptop.functions.get(name)?.kill();
      return "no-answer";
    },
  };
}

function killOf(name: keyof typeof WRITES, times: number, isShort = false): Fault {
  return {
    name: times === 1 ? `kill-${name}` : `kill-${name}-${times}`,
    told: `kill -9 of \`${name}\` ${timesOf(times)}, at one of its writes`,
    isShort,
    run: (trial) =>
      onAnyLaptop(trial, async (laptop) => {
        const poll = await openPoll(laptop.running, trial);
        const { interceptor, arm, kills } = killing(name, laptop, trial.random);
        laptop.dynamodb.use(interceptor);
        laptop.sqs.use(interceptor);
        await poll.vote(moments(times, trial.random, arm));
        await poll.decide(laptop.running);
        const outcome = await poll.settle(laptop.running);
        const { before, after } = kills();
        const happened = `killed ${timesOf(before + after)}: ${before} before a write, ${after} after it`;
        // A kill that did not come about was not tried.
        return { ...outcome, times: before + after === times ? times : 0, happened };
      }),
  };
}

export const CRASHES: readonly Fault[] = [
  killOf("validate", 1, true),
  killOf("validate", 8),
  killOf("tally", 1),
  killOf("tally", 8, true),
  killOf("submit", 1, true),
  killOf("submit", 8),
];
