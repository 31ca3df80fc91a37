import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundle, functionFolder } from "#infra/bundle.ts";
import { functionNames } from "#infra/bundling/functions.ts";
import { loadOrder } from "#infra/bundling/page.ts";
import { buildSite } from "#infra/bundling/site.ts";
import type { Figure } from "#load/shared/figures.ts";

/** How much there is to load: each function's bundle at a cold start, and the site's script on a slow phone. */

const BYTES_PER_KB = 1000;
const MOST_BUNDLE_KB = 400;
const MOST_SCRIPT_KB = 40;

/** Sizes of the bundles. */
export async function measureSizes(): Promise<readonly Figure[]> {
  const folder = await bundle();
  const bundles = (await functionNames()).map(async (name): Promise<Figure> => {
    const { size } = await stat(join(functionFolder(folder, name), "index.mjs"));
    return {
      name: `bundle of ${name}`,
      value: size / BYTES_PER_KB,
      unit: "kB",
      target: { kind: "at-most", limit: MOST_BUNDLE_KB, isBinding: true },
      note: "minified",
    };
  });
  // What a ballot's page loads: what every page does, the ballot, the longer of the languages, and what seals.
  const { outputFiles, metafile, later } = await buildSite();
  const { first, parts } = loadOrder(outputFiles, metafile);
  const loaded = [...first, ...(parts.get("vote-page") ?? []), ...(parts.get("fr") ?? [])];
  const contents = [
    ...outputFiles.filter(({ path }) => loaded.includes(basename(path))).map(({ contents }) => contents),
    ...[...later].filter(([name]) => name.startsWith("sealing-")).map(([, content]) => content),
  ];
  const gzipped = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  const site: Figure = {
    name: "script of the site",
    value: gzipped / BYTES_PER_KB,
    unit: "kB",
    target: { kind: "at-most", limit: MOST_SCRIPT_KB, isBinding: true },
    note: "gzip, first load",
  };
  return [...(await Promise.all(bundles)), site];
}
