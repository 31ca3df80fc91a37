import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "#load/faults/fault.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";
import { timesOf } from "#load/shared/report.ts";
import { type StartedSystem, startSystem } from "#load/shared/running-system.ts";
import { freePort } from "#local/free-port.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/** `npm start` with `DATA_DIR` is killed or stopped, and started again on the same folder. */

const LOOK_EVERY_MS = 50;

const isListening = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Ends a system, and waits until its embedded services have let go of the folder. */
export async function end(system: StartedSystem, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (signal === "SIGKILL") process.kill(system.pid, signal);
  await system.stop();
  for (const url of [system.endpoints.dynamodb, system.endpoints.sqs]) {
    while (await isListening(url)) await pause(LOOK_EVERY_MS);
  }
}

function endOf(name: string, told: string, signal: "SIGTERM" | "SIGKILL", times: number): Fault {
  return {
    name,
    told,
    isShort: false,
    run: (trial) =>
      inTemporaryFolder(async (DATA_DIR) => {
        const port = await freePort();
        let system = await startSystem(port, { DATA_DIR });
        let ends = 0;
        let restarting = Promise.resolve();
        try {
          const poll = await openPoll(system, trial);
          const restart = async (): Promise<void> => {
            await end(system, signal);
            system = await startSystem(port, { DATA_DIR });
            ends++;
          };
          const vote = poll.vote(
            moments(times, trial.random, () => {
              restarting = restarting.then(restart);
            }),
          );
          await vote;
          await restarting;
          await poll.decide(system);
          const outcome = await poll.settle(system);
          const how = signal === "SIGKILL" ? "killed" : "stopped";
          return {
            ...outcome,
            times: ends === times ? times : 0,
            happened: `${how} and started again ${timesOf(ends)}`,
          };
        } finally {
          await restarting.catch(() => undefined);
          await system.stop();
        }
      }),
  };
}

export const RUNTIME: readonly Fault[] = [
  endOf("kill-runtime", "kill -9 of the whole runtime, kept in `DATA_DIR`, once", "SIGKILL", 1),
  endOf("kill-runtime-8", "kill -9 of the whole runtime, kept in `DATA_DIR`, 8 times", "SIGKILL", 8),
  endOf("stop-runtime", "a plain stop of the whole runtime in full flow", "SIGTERM", 1),
];
