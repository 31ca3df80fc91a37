import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { bundle, functionsMetafile } from "#infra/bundle.ts";
import { type Figure, medianFigure, shortNumber, shouldBe } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import type { System } from "#local/system.ts";

/** How long each bundle takes to load in a fresh process, as in a cold start, and what it consists of. */

const MOST_MS = 120;
const TRIALS = 7;
const PARTS_SHOWN = 5;
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

const Output = z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })).default({}) });
const Metafile = z.object({ outputs: z.record(z.string(), Output) });

/** The package that a source belongs to, or the project's folder for our own. */
function packageOf(source: string): string {
  return /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(source)?.[1] ?? `${source.split("/")[0]}/`;
}

/** kB of a function's bundle, and the packages that take the most of it. */
function partsOf(name: string, { outputs }: z.infer<typeof Metafile>): string {
  const [, made] = Object.entries(outputs).find(([path]) => path.endsWith(`/functions/${name}/index.mjs`)) ?? [];
  const kilobytes = new Map<string, number>();
  for (const [source, { bytesInOutput }] of Object.entries(made?.inputs ?? {})) {
    kilobytes.set(packageOf(source), (kilobytes.get(packageOf(source)) ?? 0) + bytesInOutput / BYTES_PER_KB);
  }
  const parts = [...kilobytes].sort(([, one], [, other]) => other - one);
  const size = parts.reduce((sum, [, part]) => sum + part, 0);
  const largest = parts.slice(0, PARTS_SHOWN).map(([part, size]) => `${part} ${shortNumber(Math.round(size))} kB`);
  return `${shortNumber(size)} kB: ${largest.join(", ")}`;
}

export async function measureColdStarts({ functions }: System): Promise<readonly Figure[]> {
  const metafile = Metafile.parse(JSON.parse(await readFile(functionsMetafile(await bundle()), "utf8")));
  const figures: Figure[] = [];
  for (const [name, { bundle, environment }] of [...functions].sort(([one], [other]) => one.localeCompare(other))) {
    const imports: Import[] = [];
    for (let trial = 0; trial < TRIALS; trial++) imports.push(await importOnce(bundle, environment));
    const times = imports.map(({ wallMs }) => wallMs);
    const { median: cpuMs } = spread(imports.map((one) => one.cpuMs));
    const note = `CPU ${shortNumber(cpuMs)} ms; ${partsOf(name, metafile)}`;
    figures.push(medianFigure(`cold start of ${name}`, times, "ms", shouldBe("≤", MOST_MS), note));
  }
  return figures;
}
