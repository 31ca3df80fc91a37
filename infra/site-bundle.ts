import { readdir, readFile, rm } from "node:fs/promises";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { putInPlace } from "#infra/put-in-place.ts";
import { integrityOf, siteTexts } from "#infra/site-texts.ts";

/** Bundles the site with esbuild, for the laptop and for AWS alike. */

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the site lies, ready for its bucket. */
export const SITE_FOLDER = `${root}dist/site`;

/** Parts of the site that are loaded when they are first needed; web/parts.ts loads them. */
const SITE_PARTS = {
  vote: "web/vote/vote-page.tsx",
  results: "web/results/results-page.tsx",
  check: "web/check/check-page.tsx",
  monitor: "web/monitor/monitor-page.tsx",
  sealing: "web/sealing.ts",
  squares: "web/qr/squares.ts",
} as const;

/** The page names these; the build puts the real ones, with a hash of their content in them, in their place. */
const PLACEHOLDERS = { script: "/main.js", style: "/main.css", parts: "<!-- parts -->" } as const;

/** Names of all files in a folder and the folders in it, relative to it; none when there is no such folder. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() ? [relative(folder, `${entry.parentPath}/${entry.name}`)] : []));
}

/** A file of the site by name, and the names of the scripts that it cannot run without, itself first. */
type Script = Readonly<{ content: Uint8Array; needs: readonly string[] }>;

/** The site's scripts, style sheet and texts in memory, with esbuild's account of what they are made of. */
export async function buildSite() {
  const { plugin, files: texts } = siteTexts();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: "web/main.tsx", styles: "web/styles.css", ...SITE_PARTS },
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    outdir: "dist/site",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    metafile: true,
    legalComments: "none",
    plugins: [plugin],
    logLevel: "warning",
    write: false,
  });
  const contents = new Map(outputFiles.map(({ path, contents: content }) => [basename(path), content]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const needsOf = (name: string, known: readonly string[] = []): readonly string[] => {
    const imported = outputs.get(name)?.imports.filter(({ kind }) => kind === "import-statement") ?? [];
    return imported
      .map(({ path }) => basename(path))
      .reduce<readonly string[]>((needs, one) => (needs.includes(one) ? needs : needsOf(one, needs)), [...known, name]);
  };
  const named = (name: string, ending: string): string => {
    const found = [...contents.keys()].find((file) => file.startsWith(`${name}-`) && file.endsWith(ending));
    if (found === undefined) throw new Error(`the site's ${name} came to nothing`);
    return found;
  };
  const scriptOf = (name: string): Script => {
    const file = named(name, ".js");
    return { content: contents.get(file) ?? new Uint8Array(), needs: needsOf(file) };
  };
  return {
    style: named("styles", ".css"),
    main: scriptOf("main"),
    parts: new Map(Object.keys(SITE_PARTS).map((part) => [part, scriptOf(part)])),
    texts,
    /** Every file by name, texts included. */
    files: new Map([...contents, ...texts]),
    inputsOf: (name: string): readonly string[] => Object.keys(outputs.get(name)?.inputs ?? {}),
  };
}

/**
 * The page, which vouches for everything: it names each script and the style sheet with what they must contain, and tells
 * web/parts.ts by a `meta` element for each part what must be there before it is run.
 */
function pageWith(template: string, { style, main, parts, files }: Awaited<ReturnType<typeof buildSite>>): string {
  const integrity = (name: string): string => integrityOf(files.get(name) ?? new Uint8Array());
  const [script = "", ...needed] = main.needs;
  const links = needed.map((name) => `<link rel="modulepreload" href="/${name}" integrity="${integrity(name)}" />`);
  const metas = [...parts].map(([part, { needs }]) => {
    const content = needs.map((name) => `/${name} ${integrity(name)}`).join(" ");
    return `<meta name="part-${part}" content="${content}" />`;
  });
  return [
    [`"${PLACEHOLDERS.script}"`, `"/${script}" integrity="${integrity(script)}"`],
    [`"${PLACEHOLDERS.style}"`, `"/${style}" integrity="${integrity(style)}"`],
    [PLACEHOLDERS.parts, [...links, ...metas].join("\n    ")],
  ].reduce((page, [placeholder = "", value = ""]) => {
    if (!page.includes(placeholder)) throw new Error(`web/index.html has no ${placeholder}`);
    return page.replace(placeholder, value);
  }, template);
}

/** The site: one page, its scripts, style sheet and texts, and whatever lies in web/static beside them. */
export async function bundleSite(): Promise<void> {
  const site = await buildSite();
  const page = pageWith(await readFile(`${root}web/index.html`, "utf8"), site);
  for (const [name, content] of site.files) await putInPlace(`${SITE_FOLDER}/${name}`, content);
  await putInPlace(`${SITE_FOLDER}/index.html`, page);
  const staticFiles = await filesBelow(`${root}web/static`);
  for (const name of staticFiles)
    await putInPlace(`${SITE_FOLDER}/${name}`, await readFile(`${root}web/static/${name}`));

  const current = new Set(["index.html", ...staticFiles, ...site.files.keys()]);
  const outdated = (await filesBelow(SITE_FOLDER)).filter((name) => !current.has(name));
  await Promise.all(outdated.map((name) => rm(`${SITE_FOLDER}/${name}`, { force: true })));
}
