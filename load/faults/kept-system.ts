import { setTimeout as pause } from "node:timers/promises";
import type { Fault, FaultRun, Trial } from "#load/faults/fault.ts";
import { openPoll, type Poll } from "#load/faults/poll.ts";
import { type StartedSystem, startSystem } from "#load/shared/running-system.ts";
import { freePort } from "#local/listening.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/** `npm start` with `DATA_DIR`, which can be ended and started again on the same folder. */
export type KeptSystem = Readonly<{
  folder: string;
  now(): StartedSystem;
  /** Waits until the embedded services have let go of the folder. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** @param limits shell commands that limit it, such as `ulimit` */
  start(limits?: string): Promise<void>;
}>;

const LOOK_EVERY_MS = 50;

const isListening = async (url: string): Promise<boolean> => (await fetch(url).catch(() => undefined)) !== undefined;

/** @param breaking holds the poll, and returns how often the fault occurred */
export function keptFault(
  name: string,
  told: string,
  breaking: (system: KeptSystem, poll: Poll, trial: Trial) => Promise<Pick<FaultRun, "times" | "happened">>,
): Fault {
  const run = (trial: Trial): Promise<FaultRun> =>
    inTemporaryFolder(async (folder) => {
      const options = { port: await freePort(), environment: { DATA_DIR: folder } };
      let system = await startSystem(options);
      try {
        const poll = await openPoll(system, trial);
        const kept: KeptSystem = {
          folder,
          now: () => system,
          async end(signal) {
            if (signal === "SIGKILL") process.kill(system.pid, signal);
            await system[Symbol.asyncDispose]();
            for (const url of [system.endpoints.dynamodb, system.endpoints.sqs]) {
              while (await isListening(url)) await pause(LOOK_EVERY_MS);
            }
          },
          async start(limits = ":") {
            system = await startSystem({ ...options, limits });
          },
        };
        const happened = await breaking(kept, poll, trial);
        await poll.decide(system);
        return { ...(await poll.settle(system)), ...happened };
      } finally {
        await system[Symbol.asyncDispose]();
      }
    });
  return { name, told, isShort: false, run };
}
