import { join } from "node:path";
import { type ModuleInfo, type OutputChunk, type Plugin, rolldown } from "rolldown";
import type { Language } from "#core/language.ts";
import { type Area, inFirstScript, sourceName } from "#infra/bundling/chunks.ts";
import { siteStyles } from "#infra/bundling/styles.ts";
import { integrityOf, siteTexts } from "#infra/bundling/texts.ts";
import { cameAtOnce, ownWords } from "#infra/bundling/words.ts";
import { BROWSER_BUILDS, siteWorkers } from "#infra/bundling/workers.ts";
import { PROJECT } from "#infra/sources.ts";

/** The scripts of one part of the site in one language: what is needed at once is one file, the rest is loaded from it. */

/** The page that comes with the script. */
const FIRST_PAGE = {
  vote: "vote-page.tsx",
  site: "home-page.tsx",
  office: "overview-page.tsx",
} as const satisfies Record<Area, string>;

export type Script = Readonly<{ name: string; content: string; modules: readonly string[] }>;

export type Graph = Readonly<{
  entry: Script;
  /** Loaded later. */
  later: readonly Script[];
  /** The files of each part that is loaded later, by the name of the part's source, its own file first. */
  parts: ReadonlyMap<string, readonly string[]>;
}>;

/** Stands in the script until the integrity of all files is known (web/load-part.ts). */
const PARTS_PLACE = "%SITE_PARTS%";

/**
 * @param texts gets the site's texts, by file name
 * @param workers gets the scripts that run beside the page
 */
export async function buildGraph(
  area: Area,
  language: Language,
  {
    order,
    texts,
    workers,
  }: Readonly<{ order: readonly string[]; texts: Map<string, Uint8Array>; workers: Map<string, string> }>,
): Promise<Graph> {
  const name = `${area}-${language}`;
  const source = join(PROJECT, `web/entries/${name}.ts`);
  const modules = new Map<string, ModuleInfo>();
  const notes: Plugin = {
    name: "modules",
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const info = this.getModuleInfo(id);
        if (info !== null) modules.set(id, info);
      }
    },
  };
  let first: ReadonlySet<string> | undefined;
  await using bundle = await rolldown({
    cwd: PROJECT,
    input: { [name]: source },
    platform: "browser",
    // The same reader, which there brings what it needs of Node.
    resolve: { alias: BROWSER_BUILDS },
    preserveEntrySignatures: false,
    checks: { pluginTimings: false },
    transform: {
      target: "es2022",
      jsx: { runtime: "automatic" },
      define: { SITE_PARTS: JSON.stringify(PARTS_PLACE) },
    },
    plugins: [
      cameAtOnce([FIRST_PAGE[area], `all-${language}.ts`, `office-words-${language}.ts`]),
      ownWords(language),
      siteTexts(texts),
      siteWorkers(workers),
      siteStyles(order),
      notes,
    ],
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    comments: false,
    hashCharacters: "hex",
    entryFileNames: "[name]-[hash:8].js",
    chunkFileNames: "[name]-[hash:8].js",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          debugName: "first script",
          name: (id) => {
            first ??= inFirstScript(modules, source, area);
            return first.has(id) ? name : null;
          },
        },
      ],
    },
  });
  const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (entry === undefined) throw new Error(`${name} came to nothing`);

  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const needs = (file: string, found = new Set<string>()): ReadonlySet<string> => {
    if (file === entry.fileName || found.has(file)) return found;
    found.add(file);
    for (const imported of byName.get(file)?.imports ?? []) needs(imported, found);
    return found;
  };
  const parts = new Map(
    [...new Set([...modules.values()].flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds))].flatMap(
      (id) => {
        const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(id));
        return chunk === undefined || chunk === entry ? [] : [[sourceName(id), [...needs(chunk.fileName)]] as const];
      },
    ),
  );
  const integrity = (file: string): string => integrityOf(byName.get(file)?.code ?? "");
  const told = [...parts].map(
    ([part, files]) => `${part}:${files.map((file) => `${file} ${integrity(file)}`).join(",")}`,
  );
  const toScript = ({ fileName, code, moduleIds }: OutputChunk): Script => ({
    name: fileName,
    content: code,
    modules: moduleIds.map((id) => id.replace(PROJECT, "")),
  });
  if (entry.code.split(PARTS_PLACE).length !== 2) throw new Error(`${name} has no place for what is loaded later`);
  return {
    entry: { ...toScript(entry), content: entry.code.replace(PARTS_PLACE, () => told.join(";")) },
    later: chunks.filter((chunk) => chunk !== entry).map(toScript),
    parts,
  };
}
