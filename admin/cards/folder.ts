import { mkdtemp, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** A folder of letters: it takes its name once everything in it is written. */

const unfinishedPrefix = (folder: string): string => `${basename(folder)}.unfinished-`;

async function requireFree(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new EnglishRefusal(
      `${folder}: ${error.code === "ENOTDIR" ? "this is not a folder" : `cannot be read (${error.code})`}.`,
    );
  });
  if (found.length > 0) throw new EnglishRefusal(`${folder}: this folder is not empty: letters need one of their own.`);
}

/** What runs that were killed have left beside the folder. None of its codes is on any roll. */
async function removeUnfinished(folder: string): Promise<void> {
  const beside = dirname(folder);
  const names = await readdir(beside).catch((error: NodeJS.ErrnoException) => {
    throw new EnglishRefusal(
      `${beside}: ${error.code === "ENOENT" ? "there is no such folder" : `cannot be read (${error.code})`}.`,
    );
  });
  const left = names.filter((name) => name.startsWith(unfinishedPrefix(folder)));
  await Promise.all(left.map((name) => rm(join(beside, name), { recursive: true, force: true })));
}

/**
 * Makes a folder that only its owner can open, filled by `fill`, or none. Throws Refusal when there is one that is not empty, or it
 * cannot be written.
 */
export async function writeWholeFolder<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = resolve(path);
  await requireFree(folder);
  await removeUnfinished(folder);
  const unfinished = await mkdtemp(join(dirname(folder), unfinishedPrefix(folder))).catch(
    (error: NodeJS.ErrnoException) => {
      throw new EnglishRefusal(`${path}: cannot be made (${error.code}).`);
    },
  );
  try {
    const filled = await fill(unfinished);
    // Windows renames onto no folder, not even an empty one.
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(unfinished, folder);
    return filled;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
