import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Plugin } from "esbuild";

/** The integrity that a browser checks a file of the site against. */
export const integrityOf = (content: Uint8Array): string =>
  `sha384-${createHash("sha384").update(content).digest("base64")}`;

/** Eight letters or digits of a hash of the content, as esbuild puts into file names. */
function contentHash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
}

/**
 * Keeps the site's texts in files of their own, loaded only by those who read them. A module that imports one gets its
 * address and its integrity, so that the script, which the page checks, vouches for the texts.
 * @returns the plugin, and once the build is done the files to put beside the script, by name
 */
export function siteTexts(): Readonly<{ plugin: Plugin; files: ReadonlyMap<string, Uint8Array> }> {
  const files = new Map<string, Uint8Array>();
  const plugin: Plugin = {
    name: "site-texts",
    setup({ onLoad }) {
      onLoad({ filter: /\.md$/ }, async ({ path }) => {
        const content = await readFile(path);
        const name = `${basename(path, ".md")}-${contentHash(content)}.md`;
        files.set(name, content);
        return { contents: JSON.stringify({ href: `/${name}`, integrity: integrityOf(content) }), loader: "json" };
      });
    },
  };
  return { plugin, files };
}
