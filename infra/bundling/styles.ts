import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import type { Plugin } from "rolldown";
import { PROJECT } from "#infra/sources.ts";

const FOLDER = join(PROJECT, "web/styles");

/** The site's style sheets, in the order in which they apply. */
export async function styleOrder(): Promise<readonly string[]> {
  const list = await readFile(join(PROJECT, "web/styles.css"), "utf8");
  return [...list.matchAll(/@import "\.\/styles\/([a-z-]+\.css)"/g)].map(([, name = ""]) => join(FOLDER, name));
}

export async function minifiedStyles(path: string): Promise<string> {
  const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
  return code.trim();
}

/** Puts a style sheet into the script that needs it, which adopts it (web/adopt.ts). */
export const siteStyles = (order: readonly string[]): Plugin => ({
  name: "site-styles",
  load: {
    filter: { id: /\.css$/ },
    async handler(path) {
      const place = order.indexOf(path);
      if (place < 0) throw new Error(`${path} has no place in web/styles.css`);
      const adopted = `adopt(${place}, ${JSON.stringify(await minifiedStyles(path))});`;
      return {
        code: `import { adopt } from "#web/adopt.ts";\n${adopted}\n`,
        moduleType: "js",
        moduleSideEffects: true,
      };
    },
  },
});
