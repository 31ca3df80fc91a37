import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import * as z from "zod";
import { sitePage } from "#infra/site/page.ts";
import { integrityOf, siteTexts } from "#infra/site/texts.ts";

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

/**
 * Writes a file that others may be reading: they see all of the old content or all of the new. Several processes bundle at
 * once (a running system, the tests, a deployment), each for itself, and mostly to the same bytes.
 */
async function putInPlace(path: string, content: Uint8Array | string): Promise<void> {
  const aside = `${root}dist/.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(aside, content);
  await rename(aside, path);
}

/** One minified ES module per function with a source map beside it; everything is in it, the AWS SDK included. */
export async function bundleFunctions(): Promise<void> {
  const names = await functionNames();
  const { metafile, outputFiles } = await build({
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
    plugins: [versionOnly, withoutJsonSchema],
    logLevel: "warning",
    write: false,
  });
  await Promise.all(outputFiles.map(({ path, contents }) => putInPlace(path, contents)));
  await putInPlace(FUNCTIONS_METAFILE, JSON.stringify(metafile));
}

/** How every part of the site is built. */
const SITE_BUILD = {
  absWorkingDir: root,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  outdir: "dist/site",
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  write: false,
} as const satisfies BuildOptions;

/** Names of all files in a folder and the folders in it, relative to it; none when there is no such folder. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() ? [relative(folder, `${entry.parentPath}/${entry.name}`)] : []));
}

/** Parts of the site that are loaded when they are first needed; web/parts.ts loads them. */
const SITE_PARTS = { sealing: "web/sealing.ts", squares: "web/qr/squares.ts" } as const;

/** Where a part lies, and the hash without which it is not run. */
type SitePart = Readonly<{ address: string; integrity: string }>;

async function buildPart(entryPoint: string): Promise<Readonly<{ name: string; content: Uint8Array }>> {
  const { outputFiles } = await build({ ...SITE_BUILD, entryPoints: [entryPoint] });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entryPoint} came to nothing`);
  return { name: basename(file.path), content: file.contents };
}

/** The site's script, style sheet, texts and later parts in memory, with esbuild's account of what script and style sheet are made of. */
export async function buildSite() {
  const { plugin, files: texts } = siteTexts();
  const partFiles = new Map<string, Uint8Array>();
  const parts: Record<string, SitePart> = {};
  for (const [part, entryPoint] of Object.entries(SITE_PARTS)) {
    const { name, content } = await buildPart(entryPoint);
    partFiles.set(name, content);
    parts[part] = { address: `/${name}`, integrity: integrityOf(content) };
  }
  const { outputFiles, metafile } = await build({
    ...SITE_BUILD,
    entryPoints: { main: "web/main.tsx", styles: "web/styles.css" },
    define: { SITE_PARTS: JSON.stringify(parts) },
    splitting: true,
    metafile: true,
    plugins: [plugin],
  });
  return { outputFiles, metafile, later: new Map([...partFiles, ...texts]) };
}

/** The site: one page, one script, one style sheet, what is loaded later, and whatever lies in web/static beside them. */
export async function bundleSite(): Promise<void> {
  const { outputFiles, metafile, later } = await buildSite();
  const page = sitePage(await readFile(`${root}web/index.html`, "utf8"), outputFiles, metafile);
  for (const { path, contents } of outputFiles) await putInPlace(path, contents);
  for (const [name, content] of later) await putInPlace(`${SITE_FOLDER}/${name}`, content);
  await putInPlace(`${SITE_FOLDER}/index.html`, page);
  const staticFiles = await filesBelow(`${root}web/static`);
  for (const name of staticFiles)
    await putInPlace(`${SITE_FOLDER}/${name}`, await readFile(`${root}web/static/${name}`));

  const current = new Set([
    "index.html",
    ...staticFiles,
    ...later.keys(),
    ...outputFiles.map(({ path }) => basename(path)),
  ]);
  const outdated = (await filesBelow(SITE_FOLDER)).filter((name) => !current.has(name));
  await Promise.all(outdated.map((name) => rm(`${SITE_FOLDER}/${name}`, { force: true })));
}
