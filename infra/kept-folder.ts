import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { lock } from "proper-lockfile";

/** Folders that are made once, by whichever process asks first, and kept under the hash of what they are made from. */

/** How many are kept, the last used first; those in use are always kept. */
const MOST_KEPT = 16;
/** A folder's users: an empty file for each process, named after its id. */
const USERS = ".users";

/** A lock that its process has not renewed for `stale` milliseconds is taken over: a busy machine may keep it from that for seconds. */
const LOCK = { realpath: false, stale: 30_000 };
const WAITING = { ...LOCK, retries: { forever: true, factor: 1, minTimeout: 20, maxTimeout: 20 } };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const unlock = await lock(file, WAITING);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

const noteUser = (folder: string): Promise<void> => writeFile(join(folder, USERS, String(process.pid)), "");

/** Marks a folder as used by this process, so that it is not pruned. Returns false when it does not exist. */
function use(place: string, hash: string): Promise<boolean> {
  return locked(place, async () => {
    try {
      await noteUser(join(place, hash));
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw error;
    }
  });
}

/** Whether a live process uses a folder, and when it was last asked for. */
async function usersOf(folder: string): Promise<Readonly<{ isInUse: boolean; usedMs: number }>> {
  const pids = await readdir(join(folder, USERS));
  const asked = await Promise.all(pids.map(async (pid) => (await stat(join(folder, USERS, pid))).mtimeMs));
  return { isInUse: pids.some((pid) => isAlive(Number(pid))), usedMs: Math.max(...asked) };
}

/** Removes a lock that a killed process left. */
async function removeIfLeft(file: string): Promise<void> {
  await lock(file, LOCK).then(
    (unlock) => unlock(),
    () => undefined,
  );
}

/** Removes what killed processes left, and all but the last used folders. */
async function prune(place: string): Promise<void> {
  const doomed = await locked(place, async () => {
    const names = await readdir(place);
    const halfMade = names.filter((name) => /\.\d+$/.test(name) && !isAlive(Number(extname(name).slice(1))));
    const whole = await Promise.all(
      names
        .filter((name) => extname(name) === "")
        .map(async (name) => ({ name, ...(await usersOf(join(place, name))) })),
    );
    whole.sort((a, b) => b.usedMs - a.usedMs);
    const unused = whole.slice(MOST_KEPT).filter(({ isInUse }) => !isInUse);
    // Renamed under the lock, which is quick; removed after it.
    const aside = await Promise.all(
      unused.map(async ({ name }) => {
        await rename(join(place, name), join(place, `${name}.${process.pid}`));
        return `${name}.${process.pid}`;
      }),
    );
    const locks = names.filter((name) => extname(name) === ".lock");
    await Promise.all(locks.map((name) => removeIfLeft(join(place, basename(name, ".lock")))));
    return [...halfMade, ...aside];
  });
  await Promise.all(doomed.map((name) => rm(join(place, name), { recursive: true, force: true })));
}

/**
 * The folder in `place` for the hash that `hashNow` returns. When it does not exist, `make` fills an empty folder, which is
 * moved into place once complete; only one process makes it. It is kept while this process lives.
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
    if (await use(place, hash)) return folder;
    const isThere = await locked(folder, async () => {
      if (await use(place, hash)) return true;
      const aside = `${folder}.${process.pid}`;
      try {
        await mkdir(join(aside, USERS), { recursive: true });
        await make(aside);
        await noteUser(aside);
        // If a source changed meanwhile, the folder may or may not have it, so it is made again.
        if ((await hashNow()) === hash) await rename(aside, folder);
      } finally {
        await rm(aside, { recursive: true, force: true });
      }
      return false;
    });
    if (isThere) return folder;
    await prune(place);
  }
}
