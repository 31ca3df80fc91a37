import { access, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Files that trustees exchange: whole or not at all, and never one in place of another. */

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Throws Refusal when there is such a file. */
export async function requireAbsent(path: string): Promise<void> {
  if (await isThere(path)) throw new EnglishRefusal(`${path}: this file is there already, and was left as it is.`);
}

/** So that the name outlasts a power cut; where a system cannot, as Windows, the file itself does. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Where a file is until it is whole. */
export const unfinishedOf = (path: string): string => `${path}.unfinished`;

/** What to say of a file that cannot be written. */
export function unwritable(path: string, error: unknown): EnglishRefusal {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new EnglishRefusal(
    code === "ENOENT" ? `${path}: there is no such folder.` : `${path}: cannot be written (${code}).`,
  );
}

async function writeSynced(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file that may replace another. Throws Refusal when it cannot be written. */
export async function writeSyncedFile(path: string, text: string, mode = 0o644): Promise<void> {
  const unfinished = unfinishedOf(path);
  try {
    // What a run that was killed left behind.
    await rm(unfinished, { force: true });
    await writeSynced(unfinished, text, mode);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
  await syncFolder(dirname(path));
}

/** Writes a new file: written, synced, then named. Throws Refusal when it is there already, or cannot be written. */
export async function writeNewFile(path: string, text: string, mode?: number): Promise<void> {
  await requireAbsent(path);
  await writeSyncedFile(path, text, mode);
}
