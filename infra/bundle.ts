import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import * as z from "zod";

/** Bundles every function and the site with esbuild, once, for the laptop and for AWS alike. */

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where a function's bundle lies, ready to be a Lambda asset. */
export const functionAsset = (name: string): string => `${root}dist/functions/${name}`;
/** Where the site lies, ready for its bucket. */
export const SITE_FOLDER = `${root}dist/site`;
/** esbuild's account of what each bundle is made of. */
export const FUNCTIONS_METAFILE = `${root}dist/functions.meta.json`;

/** Names of all functions: the folders of functions/ that hold an entry point. */
export async function functionNames(): Promise<readonly string[]> {
  const entries = await readdir(`${root}functions`, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith("/index.ts"))
    .map((entry) => entry.slice(0, -"/index.ts".length))
    .sort();
}

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

/** One minified ES module per function with a source map beside it; everything is in it, the AWS SDK included. */
export async function bundleFunctions(): Promise<void> {
  const names = await functionNames();
  await rm(`${root}dist/functions`, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
    outdir: "dist/functions",
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
    plugins: [versionOnly],
    logLevel: "warning",
    // Some of the SDK's dependencies are CommonJS and call require for Node's own modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  await writeFile(FUNCTIONS_METAFILE, JSON.stringify(metafile));
}
