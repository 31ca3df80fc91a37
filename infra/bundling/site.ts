import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { sitePage } from "#infra/bundling/page.ts";
import { integrityOf, siteTexts } from "#infra/bundling/texts.ts";
import { PROJECT } from "#infra/sources.ts";

/** Builds the site, for the laptop and for AWS alike. */

const SITE_BUILD = {
  absWorkingDir: PROJECT,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  outdir: "site",
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

/** Parts of the site that web/parts.ts loads when they are first needed; each may load those before it. */
const SITE_PARTS = {
  ed25519: "web/ed25519.ts",
  sealing: "web/sealing.ts",
  squares: "web/qr/squares.ts",
  files: "published/files.ts",
} as const;

/** A part's address, and its integrity, which the browser checks. */
type SitePart = Readonly<{ address: string; integrity: string }>;

/** A text, in which the parts' addresses are JSON. */
const defined = (parts: Readonly<Record<string, SitePart>>) => ({ SITE_PARTS: JSON.stringify(JSON.stringify(parts)) });

async function buildPart(
  entryPoint: string,
  known: Readonly<Record<string, SitePart>>,
): Promise<Readonly<{ name: string; content: Uint8Array }>> {
  const define = defined(known);
  const { outputFiles } = await build({ ...SITE_BUILD, entryPoints: [entryPoint], define });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entryPoint} came to nothing`);
  return { name: basename(file.path), content: file.contents };
}

/** Builds the site's script, style sheet, texts and lazy parts in memory, with esbuild's metafile of script and style sheet. */
export async function buildSite() {
  const { plugin, files: texts } = siteTexts();
  const partFiles = new Map<string, Uint8Array>();
  const parts: Record<string, SitePart> = {};
  for (const [part, entryPoint] of Object.entries(SITE_PARTS)) {
    const { name, content } = await buildPart(entryPoint, parts);
    partFiles.set(name, content);
    parts[part] = { address: `/${name}`, integrity: integrityOf(content) };
  }
  const { outputFiles, metafile } = await build({
    ...SITE_BUILD,
    entryPoints: { main: "web/main.tsx", styles: "web/styles.css" },
    define: defined(parts),
    splitting: true,
    metafile: true,
    plugins: [plugin],
  });
  return { outputFiles, metafile, later: new Map([...partFiles, ...texts]) };
}

/** Writes the site: one page, one script, one style sheet, what is loaded later, and the files of web/static. */
export async function bundleSite(folder: string): Promise<void> {
  const { outputFiles, metafile, later } = await buildSite();
  const page = sitePage(await readFile(join(PROJECT, "web/index.html"), "utf8"), outputFiles, metafile);
  await mkdir(folder);
  await cp(join(PROJECT, "web/static"), folder, { recursive: true });
  const files: readonly (readonly [string, Uint8Array | string])[] = [
    ...outputFiles.map(({ path, contents }) => [basename(path), contents] as const),
    ...later,
    ["index.html", page],
  ];
  await Promise.all(files.map(([name, content]) => writeFile(join(folder, name), content)));
}
