import type { Fault } from "#load/faults/fault.ts";
import { onLaptop } from "#load/faults/laptop.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";
import { timesOf } from "#load/shared/report.ts";

/** A deployment while people vote: new processes take what comes, the old ones end what they began, definitions are applied again. */

const DEPLOYMENTS = 3;

export const DEPLOYMENT: readonly Fault[] = [
  {
    name: "deploy",
    told: `a deployment in the middle, ${timesOf(DEPLOYMENTS)}: every function's process is replaced, the definitions are applied again`,
    isShort: false,
    run: (trial) =>
      onLaptop({}, async (laptop) => {
        const poll = await openPoll(laptop.running, trial);
        const deploying: Promise<readonly string[]>[] = [];
        const deploy = (): void => {
          // A deployment that fails is told of when the voting is over.
          deploying.push(laptop.redeploy().catch((error: unknown) => [String(error)]));
        };
        await poll.vote(moments(DEPLOYMENTS, trial.random, deploy));
        const refused = (await Promise.all(deploying)).flat();
        await poll.decide(laptop.running);
        const outcome = await poll.settle(laptop.running);
        const replaced = deploying.length * laptop.functions.size;
        return {
          ...outcome,
          times: refused.length === 0 ? replaced : 0,
          happened: `${timesOf(deploying.length)}: ${replaced} processes replaced, ${refused.length} definitions refused`,
        };
      }),
  },
];
