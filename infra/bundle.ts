import { join } from "node:path";
import { keptFolder } from "#infra/kept-folder.ts";
import { KEPT, PROJECT, sourcesHash } from "#infra/sources.ts";

/** The bundles of every function and the site: one folder, the same for every stage, kept as long as their sources are the same. */

/** Whatever a bundle is made of, and what makes it. */
export const BUNDLE_SOURCES = [
  "{core,storage,functions,web,infra/bundling}/**",
  "infra/bundle.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Where a function's bundle lies, ready to be a Lambda asset. */
export const functionFolder = (bundle: string, name: string): string => join(bundle, "functions", name);
/** Where the site lies, ready for its bucket. */
export const siteFolder = (bundle: string): string => join(bundle, "site");
/** esbuild's account of what each function's bundle is made of. */
export const functionsMetafile = (bundle: string): string => join(bundle, "functions.meta.json");

async function makeBundle(folder: string): Promise<void> {
  // Loaded only now: a process that finds its bundle made has no use for esbuild.
  const [{ stop }, { bundleFunctions }, { bundleSite }] = await Promise.all([
    import("esbuild"),
    import("#infra/bundling/functions.ts"),
    import("#infra/bundling/site.ts"),
  ]);
  await Promise.all([
    bundleFunctions(join(folder, "functions"), functionsMetafile(folder)),
    bundleSite(siteFolder(folder)),
  ]);
  await stop();
}

/** The folder of the current sources' bundle, which is made if it is not there. */
export const bundle = (): Promise<string> =>
  keptFolder(join(KEPT, "bundles"), () => sourcesHash(PROJECT, BUNDLE_SOURCES), makeBundle);
