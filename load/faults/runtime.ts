import type { Fault } from "#load/faults/fault.ts";
import { keptFault } from "#load/faults/kept-system.ts";
import { timesOf } from "#load/shared/report.ts";

/** The whole runtime is killed or stopped, and started again. */
function endOf(name: string, told: string, signal: "SIGTERM" | "SIGKILL", times: number): Fault {
  return keptFault(name, told, async (system, poll) => {
    let ends = 0;
    let restarting = Promise.resolve();
    const restart = async (): Promise<void> => {
      await system.end(signal);
      await system.start();
      ends++;
    };
    await poll.vote({
      moments: times,
      act() {
        restarting = restarting.then(restart);
      },
    });
    await restarting;
    const how = signal === "SIGKILL" ? "killed" : "stopped";
    return { times: ends === times ? times : 0, happened: `${how} and started again ${timesOf(ends)}` };
  });
}

export const RUNTIME: readonly Fault[] = [
  endOf("kill-runtime", "kill -9 of the whole runtime, kept in `DATA_DIR`, once", "SIGKILL", 1),
  endOf("kill-runtime-8", "kill -9 of the whole runtime, kept in `DATA_DIR`, 8 times", "SIGKILL", 8),
  endOf("stop-runtime", "a plain stop of the whole runtime in full flow", "SIGTERM", 1),
];
