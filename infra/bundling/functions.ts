import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { PROJECT } from "#infra/sources.ts";

/** Bundles every function, for the laptop and for AWS alike. */

/** Names of all functions: the folders of functions/ that hold an entry point. */
export async function functionNames(): Promise<readonly string[]> {
  const entries = await readdir(join(PROJECT, "functions"), { recursive: true });
  return entries
    .filter((entry) => entry.endsWith("/index.ts"))
    .map((entry) => entry.slice(0, -"/index.ts".length))
    .sort();
}

/** One minified ES module per function with a source map beside it; everything is in it, the AWS SDK included. */
export async function bundleFunctions(folder: string, metafileAt: string): Promise<void> {
  const names = await functionNames();
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    legalComments: "none",
    // The SDK loads these on demand: event streams, which no call of ours uses, and the parts of the credential chain that
    // look beyond the environment, where Lambda's credentials always are.
    external: [
      "@smithy/core/event-streams",
      ...["ini", "login", "sso", "process", "web-identity", "http", "imds"].flatMap((source) => [
        `@aws-sdk/credential-provider-${source}`,
        `@smithy/credential-provider-${source}`,
      ]),
    ],
    logLevel: "warning",
  });
  await writeFile(metafileAt, JSON.stringify(metafile));
}
