import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { emulatorBundle } from "#infra/bundling/emulator-bundle.ts";
import { PROJECT } from "#infra/sources.ts";

/** Bundles every function, for the laptop and for AWS alike. */

/** Folders in functions/ with such a file. */
async function foldersWith(file: string): Promise<readonly string[]> {
  const entries = await readdir(join(PROJECT, "functions"), { recursive: true });
  return entries
    .filter((entry) => entry.endsWith(`/${file}`))
    .map((entry) => entry.slice(0, -`/${file}`.length))
    .sort();
}

/**
 * The SDK's event streams, which no function uses: most clients load them on demand, and then they stay outside. S3's needs them to
 * start.
 */
const eventStreams: Plugin = {
  name: "event-streams",
  setup({ onResolve }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, importer }) =>
      importer.includes("/client-s3/") ? undefined : { path, external: true },
    );
  },
};

/** All functions: the folders with an entry point. */
export const functionNames = (): Promise<readonly string[]> => foldersWith("index.ts");

/** One minified, self-contained ES module per function, AWS SDK included, with a source map. */
export async function bundleFunctions(folder: string, metafileAt: string): Promise<void> {
  const [names, emulated] = await Promise.all([functionNames(), foldersWith("emulator.ts")]);
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: [
      ...names.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
      ...emulated.map((name) => ({ in: `functions/${name}/emulator.ts`, out: `${emulatorBundle(name)}/index` })),
    ],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    legalComments: "none",
    plugins: [eventStreams],
    // The SDK loads these on demand: credential providers other than the environment, where Lambda's credentials are.
    external: ["ini", "login", "sso", "process", "web-identity", "http", "imds"].flatMap((source) => [
      `@aws-sdk/credential-provider-${source}`,
      `@smithy/credential-provider-${source}`,
    ]),
    logLevel: "warning",
  });
  await writeFile(metafileAt, JSON.stringify(metafile));
}
