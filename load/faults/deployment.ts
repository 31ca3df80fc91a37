import type { Fault } from "#load/faults/fault.ts";
import { laptopFault } from "#load/faults/laptop-fault.ts";
import { timesOf } from "#load/shared/report.ts";

const DEPLOYMENTS = 3;

/** New processes take what comes, the old ones end what they began, and definitions are applied again. */
export const DEPLOYMENT: readonly Fault[] = [
  laptopFault(
    {
      name: "deploy",
      told: `a deployment in the middle, ${timesOf(DEPLOYMENTS)}: every function is replaced, the definitions are applied again`,
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
          return {
            times: refused.length === 0 ? replaced : 0,
            happened: `${timesOf(deploying.length)}: ${replaced} functions replaced, ${refused.length} definitions refused`,
          };
        },
      };
    },
    {},
  ),
];
