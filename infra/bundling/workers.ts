import { basename, join } from "node:path";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { integrityOf } from "#infra/bundling/texts.ts";
import { PROJECT } from "#infra/sources.ts";

/** Scripts that run beside the page: each is one file, complete in itself, whose address the page's script gets. */

/** The package's own build for browsers, which brings the parts of Node that it needs. */
export const BROWSER_BUILDS = { "csv-parse/sync": "csv-parse/browser/esm/sync" };

const ENDING = ".worker";
const MARK = "\0worker:";

type Worker = Readonly<{ name: string; content: string }>;

/** The same in every language. */
const built = new Map<string, Promise<Worker>>();

function workerOf(source: string): Promise<Worker> {
  const building = built.get(source) ?? buildWorker(source);
  built.set(source, building);
  return building;
}

async function buildWorker(source: string): Promise<Worker> {
  const name = basename(source, `${ENDING}.ts`);
  await using bundle = await rolldown({
    cwd: PROJECT,
    input: { [`${name}-worker`]: source },
    platform: "browser",
    resolve: { alias: BROWSER_BUILDS },
    checks: { pluginTimings: false },
    transform: { target: "es2022" },
    // Fonts come within the script.
    moduleTypes: { ".ttf": "binary" },
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    comments: false,
    hashCharacters: "hex",
    entryFileNames: "[name]-[hash:8].js",
    codeSplitting: false,
  });
  const [script, ...others] = output.filter((file): file is OutputChunk => file.type === "chunk");
  if (script === undefined || others.length > 0) throw new Error(`${source} is not one file`);
  return { name: script.fileName, content: script.code };
}

/**
 * An import of `#web/….worker` gives the address and the integrity of what is built from `….worker.ts`.
 * @param files gets the scripts to put beside the others, by name
 */
export const siteWorkers = (files: Map<string, string>): Plugin => ({
  name: "site-workers",
  resolveId: {
    filter: { id: /^#web\/.*\.worker$/ },
    handler: (source) => MARK + join(PROJECT, `${source.slice(1)}.ts`),
  },
  load: {
    filter: { id: /worker:/ },
    async handler(id) {
      const { name, content } = await workerOf(id.slice(MARK.length));
      files.set(name, content);
      return { code: JSON.stringify({ address: `/${name}`, integrity: integrityOf(content) }), moduleType: "json" };
    },
  },
});
