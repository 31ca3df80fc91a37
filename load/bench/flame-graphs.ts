import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Flame graphs of every process of a system, from Node's own profiler, shown by speedscope; made beside the figures, for people. */

const SPEEDSCOPE = join(dirname(fileURLToPath(import.meta.resolve("speedscope/package.json"))), "dist/release");
const PROFILE = ".cpuprofile";

/** Options for Node with which a system and all it starts write their profiles into a folder when they end. */
export function profiling(folder: string): readonly string[] {
  return ["--cpu-prof", `--cpu-prof-dir=${resolve(folder)}`, "--cpu-prof-name=runtime.cpuprofile"];
}

/**
 * Makes of each profile in a folder a page that shows it, without any network: `<name>.html`.
 * @returns the pages' files
 */
export async function writeFlameGraphs(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await cp(SPEEDSCOPE, join(folder, "speedscope"), { recursive: true });
  const profiles = (await readdir(folder)).filter((file) => file.endsWith(PROFILE)).sort();
  return Promise.all(
    profiles.map(async (file) => {
      const name = file.slice(0, -PROFILE.length);
      const profile = (await readFile(join(folder, file))).toString("base64");
      const script = `speedscope.loadFileFromBase64(${JSON.stringify(file)}, ${JSON.stringify(profile)})`;
      await writeFile(join(folder, `${name}.js`), script);
      // Speedscope takes the script's path from the root of the disk.
      const path = `new URL(${JSON.stringify(`${name}.js`)}, location).pathname.slice(1)`;
      const page = join(folder, `${name}.html`);
      await writeFile(page, `<script>location = "speedscope/index.html#localProfilePath=" + ${path}</script>\n`);
      return page;
    }),
  );
}
