import { stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { functionAsset, functionNames } from "#infra/bundle.ts";
import { buildSite } from "#infra/site-bundle.ts";
import type { Figure } from "#load/bench/figures.ts";

/** How much there is to load: each function's bundle at a cold start, and the site's scripts on a slow phone. */

const BYTES_PER_KB = 1000;
const MOST_BUNDLE_KB = 400;
const MOST_SCRIPT_KB = 40;

/** Parts that are loaded once a page is there: by the first mark, and after the vote. */
const NO_PAGES = ["sealing", "squares"];

/** Sizes of the functions in dist/, which must be built, and of the first load of each page of the site. */
export async function measureSizes(): Promise<readonly Figure[]> {
  const bundles = (await functionNames()).map(async (name): Promise<Figure> => {
    const { size } = await stat(join(functionAsset(name), "index.mjs"));
    return {
      name: `bundle of ${name}`,
      value: size / BYTES_PER_KB,
      unit: "kB",
      target: { kind: "at-most", limit: MOST_BUNDLE_KB, isBinding: true },
      note: "minified",
    };
  });
  const { main, parts, files } = await buildSite();
  const gzipped = (name: string): number => gzipSync(files.get(name) ?? new Uint8Array(), { level: 9 }).length;
  const pages = new Map([["home", main.needs], ...[...parts].map(([part, { needs }]) => [part, needs] as const)]);
  const scripts = [...pages]
    .filter(([page]) => !NO_PAGES.includes(page))
    .map(([page, needs]): Figure => {
      const names = new Set([...main.needs, ...needs]);
      return {
        name: `scripts of the page ${page}`,
        value: [...names].reduce((sum, name) => sum + gzipped(name), 0) / BYTES_PER_KB,
        unit: "kB",
        target: { kind: "at-most", limit: MOST_SCRIPT_KB, isBinding: true },
        note: "gzip, first load",
      };
    });
  return [...(await Promise.all(bundles)), ...scripts];
}
