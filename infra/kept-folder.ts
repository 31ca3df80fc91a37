import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { lock } from "proper-lockfile";

/** Folders that are made once and kept under the hash of what they are made from, whichever of several processes asks first. */

/** How many are kept, the last used ones; any that is in use stays besides. */
const MOST_KEPT = 16;
/** Who uses a folder: an empty file for each process, named by its id. */
const USERS = ".users";

/** A lock is waited for, and taken from whoever has not been heard of for this long. */
const WAITING = {
  realpath: false,
  stale: 5_000,
  retries: { forever: true, factor: 1, minTimeout: 100, maxTimeout: 100 },
};

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Notes that this process uses a folder from now on. Answers false when it is not there. */
async function use(folder: string): Promise<boolean> {
  try {
    await writeFile(join(folder, USERS, String(process.pid)), "");
    await utimes(folder, new Date(), new Date());
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

async function isInUse(folder: string): Promise<boolean> {
  const users = await readdir(join(folder, USERS));
  return users.some((pid) => isAlive(Number(pid)));
}

/** Removes what killed processes left half made, and all but the folders used last. */
async function prune(place: string): Promise<void> {
  const unlock = await lock(place, WAITING);
  try {
    const names = await readdir(place);
    const halfMade = names.filter((name) => /\.\d+$/.test(name) && !isAlive(Number(extname(name).slice(1))));
    const whole = await Promise.all(
      names
        .filter((name) => extname(name) === "")
        .map(async (name) => ({ name, usedMs: (await stat(join(place, name))).mtimeMs })),
    );
    whole.sort((a, b) => b.usedMs - a.usedMs);
    const doomed = [...halfMade];
    for (const { name } of whole.slice(MOST_KEPT)) {
      if (await isInUse(join(place, name))) continue;
      // Gone at once for whoever asks for it, and then removed.
      const aside = `${name}.${process.pid}`;
      await rename(join(place, name), join(place, aside));
      doomed.push(aside);
    }
    await Promise.all(doomed.map((name) => rm(join(place, name), { recursive: true, force: true })));
  } finally {
    await unlock();
  }
}

/**
 * The folder in `place` of what `hashNow` answers. When it is not there, `make` is given an empty one to fill, which is put in
 * place once it is whole; what others ask for meanwhile is made by one of them alone. Stays while this process lives.
 */
export async function keptFolder(
  place: string,
  hashNow: () => Promise<string>,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  await mkdir(place, { recursive: true });
  for (;;) {
    const hash = await hashNow();
    const folder = join(place, hash);
    if (await use(folder)) return folder;
    const unlock = await lock(folder, WAITING);
    const aside = `${folder}.${process.pid}`;
    try {
      if (await use(folder)) return folder;
      await mkdir(join(aside, USERS), { recursive: true });
      await make(aside);
      // A source that was changed meanwhile may be in it or not: then it is made again.
      if ((await hashNow()) === hash) await rename(aside, folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
      await unlock();
    }
    await prune(place);
  }
}
