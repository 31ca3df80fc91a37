import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Children and temporary files of a run: none is left behind, even when the run is told to stop in its middle. */

const ENDS_WITHIN_MS = 10_000;

/** Ends this process on SIGINT and SIGTERM by way of its exit handlers, which a signal would otherwise pass by. */
export function exitOnSignals(): void {
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
}

/** Ends a child by SIGTERM, then by SIGKILL if it lingers, and waits until it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const hurry = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN_MS);
  await gone;
  clearTimeout(hurry);
}

/** Ties a child to this process: it is told to end when this one exits. Gives the way to end it before. */
export function tie(child: ChildProcess): () => Promise<void> {
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  return async () => {
    process.removeListener("exit", endWithUs);
    await end(child);
  };
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
