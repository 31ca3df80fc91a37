import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Plugin } from "rolldown";

/** The integrity that a browser checks a file of the site against. */
export const integrityOf = (content: Uint8Array | string): string =>
  `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** Eight letters or digits of a hash of the content, as the bundler puts into file names. */
export function contentHash(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 8);
}

/**
 * Keeps the site's texts in files of their own, loaded only by those who read them. A module that imports one gets its
 * address and its integrity, so that the script, which the page checks, vouches for the texts.
 * @param files gets the files to put beside the script, by name
 */
export const siteTexts = (files: Map<string, Uint8Array>): Plugin => ({
  name: "site-texts",
  load: {
    filter: { id: /\.md$/ },
    async handler(path) {
      const content = await readFile(path);
      const name = `${basename(path, ".md")}-${contentHash(content)}.md`;
      files.set(name, content);
      return { code: JSON.stringify({ href: `/${name}`, integrity: integrityOf(content) }), moduleType: "json" };
    },
  },
});
