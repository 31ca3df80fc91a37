import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import * as z from "zod";
import { PROJECT } from "#infra/sources.ts";

/** Bundles every function, for the laptop and for AWS alike. */

/** SDK clients import their whole package.json to tell their version; nothing else of it belongs in a bundle. */
const versionOnly: Plugin = {
  name: "version-only",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(path, "utf8")));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/**
 * Zod can also write schemas out as JSON Schema. The API's document is made so, but long before anything is deployed: in a
 * function these 16 kB would only be loaded.
 */
const withoutJsonSchema: Plugin = {
  name: "without-json-schema",
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const names = [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      const leftOut = 'const leftOut = () => { throw new Error("JSON Schema is not part of the bundle"); };';
      return { contents: `${leftOut}\nexport { ${names.map((name) => `leftOut as ${name}`).join(", ")} };` };
    });
  },
};

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
    plugins: [versionOnly, withoutJsonSchema],
    logLevel: "warning",
  });
  await writeFile(metafileAt, JSON.stringify(metafile));
}
