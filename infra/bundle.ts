import { join } from "node:path";
import { keptFolder } from "#infra/kept-folder.ts";
import { KEPT, PROJECT, sourcesHash } from "#infra/sources.ts";

/** The bundles of all functions and the site: one folder for every stage, kept while their sources do not change. */

/** The sources of a bundle, and of what makes it. */
export const BUNDLE_SOURCES = [
  "{core,storage,functions,admin,published,spreadsheet,web,infra/bundling}/**",
  "infra/bundle.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** A function's bundle, ready to be a Lambda asset. */
export const functionFolder = (bundle: string, name: string): string => join(bundle, "functions", name);
/** The site, ready for its bucket. */
export const siteFolder = (bundle: string): string => join(bundle, "site");
/** The site's scripts in brotli, by the same names: CloudFront would compress them on the fly, and less. */
export const scriptsFolder = (bundle: string): string => join(bundle, "scripts");
/** esbuild's metafile of the functions' bundles. */
export const functionsMetafile = (bundle: string): string => join(bundle, "functions.meta.json");

async function makeBundle(folder: string): Promise<void> {
  // Imported here because a process that finds its bundle made does not need esbuild.
  const [{ stop }, { bundleFunctions }, { bundleSite }] = await Promise.all([
    import("esbuild"),
    import("#infra/bundling/functions.ts"),
    import("#infra/bundling/site.ts"),
  ]);
  await Promise.all([
    bundleFunctions(join(folder, "functions"), functionsMetafile(folder)),
    bundleSite(siteFolder(folder), scriptsFolder(folder)),
  ]);
  await stop();
}

/** The folder of the current sources' bundle, which is made if it does not exist. */
export const bundle = (): Promise<string> =>
  keptFolder(join(KEPT, "bundles"), () => sourcesHash(PROJECT, BUNDLE_SOURCES), makeBundle);
