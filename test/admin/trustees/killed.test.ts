import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mixFiles, openingFiles, type SignedFiles } from "#admin/trustees/bundle/file-names.ts";
import { unfinishedOf } from "#admin/trustees/new-file.ts";
import { runHere } from "#test/admin/tool.ts";
import { castAll, type Meeting, prepare } from "#test/admin/trustees/sealed.ts";

/** A run that is killed leaves nothing that looks whole, and the same command does it all again. */

const TOOL = fileURLToPath(new URL("../../../admin/scrutin.ts", import.meta.url));

let meeting: Meeting;
let bundle: string;
beforeAll(async () => {
  meeting = await prepare({ trustees: 3, threshold: 2, mixes: 1, voters: { "1": 120, "2": 1 } });
  bundle = await meeting.seal(castAll(meeting));
});
afterAll(() => meeting.end());

const words = (what: "mix" | "open", number: number): string[] => [
  ...["trustee", what, bundle, "--key", meeting.keyFile(number)],
  ...["--passphrase-file", meeting.path("passphrase")],
];

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Kills a run once it has begun its file. */
async function killedWhileWriting(what: "mix" | "open", number: number, files: SignedFiles): Promise<void> {
  const child = spawn(process.execPath, [TOOL, ...words(what, number)], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!(await isThere(unfinishedOf(files.binary)))) {
    if (child.exitCode !== null) throw new Error(`the run ended before it was killed, with ${child.exitCode}`);
    await turn();
  }
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
}

test.each([
  ["mix", 2, (folder: string) => mixFiles(folder, 1), "mixed 121 ballots: mix 1 of 1"],
  ["open", 1, (folder: string) => openingFiles(folder, 1), "opened 121 ballots with its share"],
] as const)("trustee %s", async (what, number, filesIn, said) => {
  const files = filesIn(bundle);
  const before = (await readdir(bundle)).sort();
  await killedWhileWriting(what, number, files);
  expect([await isThere(files.binary), await isThere(files.signed)]).toEqual([false, false]);
  const status = await runHere(1, ["box", "status", bundle]);
  expect(status.stdout).toContain(what === "mix" ? "mixed by 0 of 1" : "opened by 0 of 2");
  const again = await runHere(1, words(what, number));
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain(said);
  expect((await readdir(bundle)).sort()).toEqual(
    [...before, ...[files.binary, files.signed].map((path) => path.slice(bundle.length + 1))].sort(),
  );
});
