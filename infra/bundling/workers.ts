import { basename, join } from "node:path";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { PROJECT } from "#infra/sources.ts";

/** Scripts that run beside the page: each is one file, complete in itself, whose address the page's script gets. */

const ENDING = ".worker";
const MARK = "\0worker:";

async function buildWorker(source: string): Promise<Readonly<{ name: string; content: string }>> {
  const name = basename(source, `${ENDING}.ts`);
  await using bundle = await rolldown({
    cwd: PROJECT,
    input: { [`${name}-worker`]: source },
    platform: "browser",
    checks: { pluginTimings: false },
    transform: { target: "es2022" },
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
 * An import of `#web/….worker` gives the address of what is built from `….worker.ts`.
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
      const { name, content } = await buildWorker(id.slice(MARK.length));
      files.set(name, content);
      return { code: `export default ${JSON.stringify(`/${name}`)};`, moduleType: "js" };
    },
  },
});
