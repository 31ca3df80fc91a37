import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { bundle, functionsMetafile } from "#infra/bundle.ts";
import { type Figure, shortNumber } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import type { System } from "#local/system.ts";

/** How long each bundle takes to load in a fresh process, as at a cold start, and what it is made of. */

const MOST_MS = 120;
const TRIALS = 7;
const PARTS_TOLD = 5;
const BYTES_PER_KB = 1000;

const LOAD = `
const [, bundle] = process.argv;
const beganMs = performance.now();
const began = process.cpuUsage();
await import(bundle);
const wallMs = performance.now() - beganMs;
const { user, system } = process.cpuUsage(began);
process.stdout.write(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000 }), () => process.exit(0));
`;

const Import = z.object({ wallMs: z.number(), cpuMs: z.number() });
type Import = Readonly<z.infer<typeof Import>>;

/** One import, in a process of its own with this environment and nothing else. */
async function importOnce(bundle: string, environment: Readonly<Record<string, string>>): Promise<Import> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", LOAD, pathToFileURL(bundle).href],
    { env: { PATH: process.env.PATH ?? "", ...environment } },
  );
  return Import.parse(JSON.parse(stdout));
}

const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })).default({}) }),
  ),
});

/** The package a source belongs to; the project's own folder for what is ours. */
function packageOf(source: string): string {
  const inPackage = source.split("node_modules/").at(-1)?.split("/") ?? [];
  if (!source.includes("node_modules/")) return `${source.split("/")[0]}/`;
  return inPackage.slice(0, inPackage[0]?.startsWith("@") === true ? 2 : 1).join("/");
}

/** kB of each package in a function's bundle, the largest first. */
async function partsByFunction(): Promise<(name: string) => readonly (readonly [string, number])[]> {
  const { outputs } = Metafile.parse(JSON.parse(await readFile(functionsMetafile(await bundle()), "utf8")));
  return (name) => {
    const kilobytes = new Map<string, number>();
    const made = Object.entries(outputs).find(([path]) => path.endsWith(`/functions/${name}/index.mjs`));
    for (const [source, { bytesInOutput }] of Object.entries(made?.[1].inputs ?? {})) {
      const part = packageOf(source);
      kilobytes.set(part, (kilobytes.get(part) ?? 0) + bytesInOutput / BYTES_PER_KB);
    }
    return [...kilobytes].sort(([, one], [, other]) => other - one);
  };
}

/** Median import time of each bundle, with what it is made of. */
export async function measureColdStarts({ functions }: System): Promise<readonly Figure[]> {
  const partsOf = await partsByFunction();
  const figures: Figure[] = [];
  for (const [name, { bundle, environment }] of [...functions].sort(([one], [other]) => one.localeCompare(other))) {
    const imports: Import[] = [];
    for (let trial = 0; trial < TRIALS; trial++) imports.push(await importOnce(bundle, environment));
    const { min, median, max } = spread(imports.map(({ wallMs }) => wallMs));
    const { median: cpuMs } = spread(imports.map((one) => one.cpuMs));
    const parts = partsOf(name);
    const size = parts.reduce((sum, [, kilobytes]) => sum + kilobytes, 0);
    const largest = parts
      .slice(0, PARTS_TOLD)
      .map(([part, kilobytes]) => `${part} ${shortNumber(Math.round(kilobytes))} kB`)
      .join(", ");
    figures.push({
      name: `cold start of ${name}`,
      value: median,
      unit: "ms",
      target: { kind: "at-most", limit: MOST_MS, isBinding: false },
      note: `median of ${TRIALS} imports, ${shortNumber(min)} to ${shortNumber(max)}; CPU ${shortNumber(cpuMs)} ms; ${shortNumber(size)} kB: ${largest}`,
    });
  }
  return figures;
}
