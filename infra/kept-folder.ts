import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { lock } from "proper-lockfile";

/** Folders that are made once and kept under the hash of what they are made from, whichever of several processes asks first. */

/** How many are kept, the last used ones; any that is in use stays besides. */
const MOST_KEPT = 16;
/** Who uses a folder: an empty file for each process, named by its id. */
const USERS = ".users";

/** A lock is waited for, and taken from a process that has not renewed it for this long. */
const LOCK = { realpath: false, stale: 5_000 };
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

/** Notes that this process uses a folder from now on, which is not pruned meanwhile. Answers false when it is not there. */
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

/** Whether a process that lives uses a folder, and when one last asked for it. */
async function usersOf(folder: string): Promise<Readonly<{ isInUse: boolean; usedMs: number }>> {
  const pids = await readdir(join(folder, USERS));
  const asked = await Promise.all(pids.map(async (pid) => (await stat(join(folder, USERS, pid))).mtimeMs));
  return { isInUse: pids.some((pid) => isAlive(Number(pid))), usedMs: Math.max(...asked) };
}

/** Removes a lock that a killed process left: whoever can take it, may. */
async function removeIfLeft(file: string): Promise<void> {
  await lock(file, LOCK).then(
    (unlock) => unlock(),
    () => undefined,
  );
}

/** Removes what killed processes left, and all but the folders used last. */
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
    // Gone at once for whoever asks; removed without making others wait.
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
    if (await use(place, hash)) return folder;
    const isThere = await locked(folder, async () => {
      if (await use(place, hash)) return true;
      const aside = `${folder}.${process.pid}`;
      try {
        await mkdir(join(aside, USERS), { recursive: true });
        await make(aside);
        await noteUser(aside);
        // A source that was changed meanwhile may be in it or not: then it is made again.
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
