import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "#core/refusal.ts";
import { scheduleAsBatch } from "#local/batch-scheduling.ts";

/** What a run has open: children, systems, temporary files. None is left behind, even when the run is interrupted. */

type End = () => Promise<void>;

const CHILD_ENDS_WITHIN_MS = 10_000;
const open = new Set<End>();

/** Registers how to end something if the run is interrupted. Returns how to end it when it is no longer needed. */
export function looseEnd(end: End): End {
  open.add(end);
  return async () => {
    open.delete(end);
    await end();
  };
}

/** Ties a child to this process. Ending it is SIGTERM, then SIGKILL if it lingers, and waits until it is gone. */
export function tie(child: ChildProcess): End {
  // In case this process crashes.
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  return looseEnd(async () => {
    process.removeListener("exit", endWithUs);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const hurry = setTimeout(() => child.kill("SIGKILL"), CHILD_ENDS_WITHIN_MS);
    await gone;
    clearTimeout(hurry);
  });
}

/** Works in a folder that is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-load-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await work(folder);
  } finally {
    process.removeListener("exit", remove);
    remove();
  }
}

/**
 * Runs a command's work and sets the exit code: the one it answers, or 0 for true and 1 for false. Prints a Refusal's sentence.
 * SIGINT and SIGTERM end what is open, then the process; a second one ends the process at once.
 */
export async function runCommand(work: () => Promise<boolean | number>): Promise<void> {
  let isStopping = false;
  const stop = (exitCode: number): void => {
    if (isStopping) process.exit(exitCode);
    isStopping = true;
    void Promise.allSettled([...open].map((end) => end())).then(() => process.exit(exitCode));
  };
  process.on("SIGINT", () => stop(130));
  process.on("SIGTERM", () => stop(143));
  scheduleAsBatch();
  try {
    const ended = await work();
    process.exitCode = typeof ended === "number" ? ended : Number(!ended);
  } catch (error) {
    // Interrupted work may fail in any way.
    if (isStopping) return;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
