import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { BUNDLE_SOURCES } from "#infra/bundle.ts";
import { type Config, type ConfigOverrides, electionsFolderOf, readConfig } from "#infra/config.ts";
import { keptFolder } from "#infra/kept-folder.ts";
import { KEPT, PROJECT, sourcesHash, valueHash } from "#infra/sources.ts";
import { readDefinitions } from "#storage/definition-file.ts";
import cdkJson from "../cdk.json" with { type: "json" };

/** Whatever an assembly is made of beside the stage's parameters and definitions, and what makes it. */
export const ASSEMBLY_SOURCES = [...BUNDLE_SOURCES, "infra/**", "cdk.json"];

/** Stands for a deployment where nothing is deployed, so that the same sources always give the same templates. */
const NO_DEPLOYMENT = "00000000-0000-4000-8000-000000000000";

/** A stage's synthesized templates, and the folder of their assets. It is kept, and shared: nobody may change it. */
export type Synthesized = Readonly<{
  /** By the name of the stack. */
  templates: Readonly<Record<string, unknown>>;
  assetFolder: string;
}>;

/** Runs the CDK app as the CDK's own command does, in a process of its own, whose memory goes with it. */
async function runApp(config: Config, folder: string): Promise<void> {
  const context = { ...cdkJson.context, config, deployment: NO_DEPLOYMENT };
  await promisify(execFile)(process.execPath, [join(PROJECT, "infra/app.ts")], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
}

/** What an assembly is kept under: a hash of all it is made from. The folder of definitions is not part of it, their content is. */
export async function assemblyHash({ electionsFolder, ...parameters }: Config): Promise<string> {
  const [sources, definitions] = await Promise.all([
    sourcesHash(PROJECT, ASSEMBLY_SOURCES),
    readDefinitions(electionsFolderOf({ electionsFolder })),
  ]);
  return valueHash([sources, parameters, definitions]);
}

/** Synthesizes a stage, unless that has been done: what `cdk deploy` would deploy. */
export async function synthesize(stage: string, overrides: ConfigOverrides = {}): Promise<Synthesized> {
  const config = readConfig(stage, overrides);
  const assetFolder = await keptFolder(
    join(KEPT, "assemblies"),
    () => assemblyHash(config),
    (folder) => runApp(config, folder),
  );
  const files = (await readdir(assetFolder)).filter((name) => name.endsWith(".template.json"));
  const templates = await Promise.all(
    files.map(
      async (name): Promise<readonly [string, unknown]> => [
        basename(name, ".template.json"),
        JSON.parse(await readFile(join(assetFolder, name), "utf8")),
      ],
    ),
  );
  return { templates: Object.fromEntries(templates), assetFolder };
}
