import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { LANGUAGES } from "#core/language.ts";
import { AREAS } from "#infra/bundling/chunks.ts";
import { buildGraph, type Graph, type Script } from "#infra/bundling/graph.ts";
import { sitePage } from "#infra/bundling/page.ts";
import { minifiedStyles, styleOrder } from "#infra/bundling/styles.ts";
import { testPage } from "#infra/bundling/test-page.ts";
import { contentHash } from "#infra/bundling/texts.ts";
import { TEST_PAGE_PATH } from "#infra/site/rules.ts";
import { PROJECT } from "#infra/sources.ts";

/** Builds the site, for the laptop and for AWS alike. */

/** What those without scripts see of the style. */
const WITHOUT_SCRIPTS = ["tokens", "page"];

export type BuiltSite = Readonly<{
  /** By the name of their entry, such as `vote-fr`. */
  graphs: ReadonlyMap<string, Graph>;
  /** The pages, by the name of their graph. */
  pages: ReadonlyMap<string, string>;
  texts: ReadonlyMap<string, Uint8Array>;
  /** Scripts that run beside a page. */
  workers: ReadonlyMap<string, string>;
  styles: Readonly<{ name: string; content: string }>;
}>;

async function noScriptStyles() {
  const contents = await Promise.all(
    WITHOUT_SCRIPTS.map((name) => minifiedStyles(join(PROJECT, `web/styles/${name}.css`))),
  );
  const content = contents.join("\n");
  return { name: `no-script-${contentHash(content)}.css`, content };
}

/** Builds the site in memory. */
export async function buildSite(): Promise<BuiltSite> {
  const [order, template, icon, styles] = await Promise.all([
    styleOrder(),
    readFile(join(PROJECT, "web/index.html"), "utf8"),
    readFile(join(PROJECT, "web/icon.svg"), "utf8"),
    noScriptStyles(),
  ]);
  const texts = new Map<string, Uint8Array>();
  const workers = new Map<string, string>();
  const wanted = AREAS.flatMap((area) => LANGUAGES.map((language) => [area, language] as const));
  const built = await Promise.all(
    wanted.map(async ([area, language]) => {
      const graph = await buildGraph(area, language, { order, texts, workers });
      const page = sitePage(template, { language, script: graph.entry, icon, styles });
      return [`${area}-${language}`, graph, page] as const;
    }),
  );
  return {
    graphs: new Map(built.map(([name, graph]) => [name, graph])),
    pages: new Map(built.map(([name, , page]) => [name, page])),
    texts,
    workers,
    styles,
  };
}

const brotli = promisify(brotliCompress);

/** Fonts within a script hardly get smaller, and the best compression of them takes a processor for many seconds. */
const LARGE_BYTES = 500_000;
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const inBrotli = (content: string): Promise<Buffer> =>
  content.length > LARGE_BYTES ? brotli(content, QUICKLY) : brotli(content);

/**
 * Writes the site: its pages, their scripts, and what is loaded later.
 * @param compressed a folder for the scripts once more, in brotli, which every browser reads that can run them
 */
export async function bundleSite(folder: string, compressed: string): Promise<void> {
  const [{ graphs, pages, texts, workers, styles }, ofTests] = await Promise.all([buildSite(), testPage()]);
  const scripts: readonly Pick<Script, "name" | "content">[] = [
    ...[...graphs.values()].flatMap(({ entry, later }) => [entry, ...later]),
    ...[...workers].map(([name, content]) => ({ name, content })),
  ];
  await Promise.all([mkdir(folder), mkdir(compressed)]);
  const files: readonly (readonly [string, Uint8Array | string])[] = [
    ...[...scripts, styles].map(({ name, content }) => [name, content] as const),
    ...texts,
    ...[...pages].map(([name, page]) => [`${name}.html`, page] as const),
    [basename(TEST_PAGE_PATH), ofTests],
  ];
  await Promise.all([
    ...files.map(([name, content]) => writeFile(join(folder, name), content)),
    ...scripts.map(async ({ name, content }) => writeFile(join(compressed, name), await inBrotli(content))),
  ]);
}
