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

/** The sources of an assembly besides the stage's parameters and definitions. */
export const ASSEMBLY_SOURCES = [...BUNDLE_SOURCES, "infra/**", "cdk.json"];

/** A fixed id when nothing is deployed, so that the same sources always give the same templates. */
const NO_DEPLOYMENT = "00000000-0000-4000-8000-000000000000";

/** A stage's synthesized templates and the folder of their assets, which is shared: nobody may change it. */
export type Synthesized = Readonly<{
  /** By stack name. */
  templates: Readonly<Record<string, unknown>>;
  assetFolder: string;
}>;

/** Runs the CDK app as the CDK's command does, in a process of its own to free its memory afterwards. */
async function runApp(config: Config, folder: string): Promise<void> {
  const context = { ...cdkJson.context, config, deployment: NO_DEPLOYMENT };
  await promisify(execFile)(process.execPath, [join(PROJECT, "infra/app.ts")], {
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      // The CDK's check of templates takes as long as all else together; `cdk synth` and `cdk deploy` make it.
      CDK_VALIDATION: "false",
    },
  });
}

/** The hash under which an assembly is kept. It has the content of the definitions, but not their folder. */
export async function assemblyHash({ electionsFolder, ...parameters }: Config): Promise<string> {
  const [sources, definitions] = await Promise.all([
    sourcesHash(PROJECT, ASSEMBLY_SOURCES),
    readDefinitions(electionsFolderOf({ electionsFolder })),
  ]);
  return valueHash([sources, parameters, definitions]);
}

/** Synthesizes what `cdk deploy` would deploy, unless that has been done. */
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
