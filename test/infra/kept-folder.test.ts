import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keptFolder } from "#infra/kept-folder.ts";
import { PROJECT } from "#infra/sources.ts";

let folder: string;
let place: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-kept-"));
});
beforeEach(async () => {
  place = await mkdtemp(join(folder, "place-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const made = async (): Promise<readonly string[]> => (await readdir(place)).sort();

const HALF_MADE =
  'await writeFile(join(folder, "half"), ""); await new Promise((resolve) => setTimeout(resolve, 60_000));';
const WHOLE = 'await appendFile(join(place, "..", "log"), "x"); await writeFile(join(folder, "whole"), "");';

/** Above any process id on Linux. */
const NO_PROCESS = String(2 ** 30);

/** Asks for the folder `a` in another process. */
function otherProcess(make: string) {
  const script = `
    import { appendFile, writeFile } from "node:fs/promises";
    import { join } from "node:path";
    import { keptFolder } from "#infra/kept-folder.ts";
    const place = ${JSON.stringify(place)};
    process.stdout.write(await keptFolder(place, async () => "a", async (folder) => { ${make} }));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  let told = "";
  child.stdout.on("data", (chunk) => {
    told += String(chunk);
  });
  return { child, ended: once(child, "close").then(() => told) };
}

describe("a kept folder", () => {
  test("is made once, however many processes ask for it at once, and is complete for each", async () => {
    const log = join(place, "..", "log");
    await writeFile(log, "");
    const asked = await Promise.all(Array.from({ length: 3 }, () => otherProcess(WHOLE).ended));
    expect(asked).toEqual(Array.from({ length: 3 }, () => join(place, "a")));
    expect(await readFile(log, "utf8")).toBe("x");
    expect(await readdir(join(place, "a"))).toContain("whole");
  });

  test("does not exist when making it fails", async () => {
    const making = keptFolder(
      place,
      async () => "a",
      async (aside) => {
        await writeFile(join(aside, "half"), "");
        throw new Error("no space left");
      },
    );
    await expect(making).rejects.toThrow("no space left");
    expect(await made()).toEqual([]);
  });

  test("is made by the next process when its maker is killed, and nothing half made is left", async () => {
    const { child, ended } = otherProcess(HALF_MADE);
    while (!(await readdir(place, { recursive: true })).some((name) => name.endsWith("half"))) await sleep(20);
    child.kill("SIGKILL");
    await ended;
    expect(await made()).toEqual([`a.${child.pid}`, "a.lock"]);
    // The killed process's lock goes stale after some seconds.
    await utimes(join(place, "a.lock"), 0, 0);
    await keptFolder(
      place,
      async () => "a",
      (aside) => writeFile(join(aside, "whole"), ""),
    );
    expect(await made()).toEqual(["a"]);
    expect(await readdir(join(place, "a"))).toEqual([".users", "whole"]);
  });

  test("removes a killed process's lock on another folder", async () => {
    await mkdir(join(place, "other.lock"));
    await utimes(join(place, "other.lock"), 0, 0);
    await keptFolder(
      place,
      async () => "a",
      () => Promise.resolve(),
    );
    expect(await made()).toEqual(["a"]);
  });

  test("is made again when its sources changed meanwhile", async () => {
    let now = "before";
    const seen: string[] = [];
    const kept = await keptFolder(
      place,
      async () => now,
      async () => {
        seen.push(now);
        now = "after";
      },
    );
    expect(seen).toEqual(["before", "after"]);
    expect(kept).toBe(join(place, "after"));
    expect(await made()).toEqual(["after"]);
  });

  test("is removed once many others were used after it, unless a live process uses it", async () => {
    const { child, ended } = otherProcess(`${WHOLE} setTimeout(() => {}, 60_000);`);
    await once(child.stdout, "data");
    await utimes(join(place, "a", ".users", String(child.pid)), 0, 0);
    const keepOne = async (name: string, atSeconds: number): Promise<void> => {
      const kept = await keptFolder(
        place,
        async () => name,
        () => Promise.resolve(),
      );
      // As if another process had asked for it and ended.
      const users = join(kept, ".users");
      await rename(join(users, String(process.pid)), join(users, NO_PROCESS));
      await utimes(join(users, NO_PROCESS), atSeconds, atSeconds);
    };
    const names = Array.from({ length: 18 }, (_, index) => `b${index}`);
    for (const [index, name] of names.entries()) {
      await keepOne(name, index + 1);
    }
    expect(await made()).toEqual(["a", ...names.slice(2)].sort());
    child.kill();
    await ended;
    await keepOne("c", 100);
    expect(await made()).toEqual([...names.slice(3), "c"].sort());
  });
});
