import type { Fault } from "#load/faults/fault.ts";
import { onLaptop } from "#load/faults/laptop.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";
import { timesOf } from "#load/report.ts";

/** A deployment while people vote: new processes take what comes, the old ones end what they began. */

const DEPLOYMENTS = 3;

export const DEPLOYMENT: readonly Fault[] = [
  {
    name: "deploy",
    told: `a deployment in the middle, ${timesOf(DEPLOYMENTS)}: every function's process is replaced`,
    isShort: false,
    run: (trial) =>
      onLaptop({}, async (laptop) => {
        const poll = await openPoll(laptop.running, trial);
        let replaced = 0;
        const deploy = (): void => {
          for (const host of laptop.functions.values()) {
            host.replace();
            replaced++;
          }
        };
        await poll.vote(moments(DEPLOYMENTS, trial.random, deploy));
        await poll.decide(laptop.running);
        const outcome = await poll.settle(laptop.running);
        return { ...outcome, times: replaced, happened: `${timesOf(DEPLOYMENTS)}: ${replaced} processes replaced` };
      }),
  },
];
