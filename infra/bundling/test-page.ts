import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type OutputChunk, rolldown } from "rolldown";
import { minifiedStyles } from "#infra/bundling/styles.ts";
import { integrityOf } from "#infra/bundling/texts.ts";
import { PROJECT } from "#infra/sources.ts";

/**
 * The page on which voters test devices: one file with everything in it, the same bytes from the same sources, so that trustees can sign
 * its SHA-256 and anybody can offer it. Its own policy lets it run what is in it and nothing else.
 */

const STYLES = [
  ...["tokens", "page", "controls", "ballot", "stub"].map((name) => `web/styles/${name}.css`),
  "web/test-page/test-page.css",
];

async function script(): Promise<string> {
  await using bundle = await rolldown({
    cwd: PROJECT,
    input: join(PROJECT, "web/test-page/start.tsx"),
    platform: "browser",
    checks: { pluginTimings: false },
    transform: { target: "es2022", jsx: { runtime: "automatic" } },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, comments: false, codeSplitting: false });
  const [chunk, ...others] = output.filter((file): file is OutputChunk => file.type === "chunk");
  if (chunk === undefined || others.length > 0) throw new Error("the page that tests devices is not one file");
  return chunk.code.trim();
}

/** Ends neither the element it is in, nor begins a comment in it. */
function refuseMarkup(content: string): string {
  if (/<\/(?:script|style)|<!--/i.test(content)) throw new Error("the page that tests devices would end too early");
  return content;
}

export async function testPage(): Promise<string> {
  const [template, code, ...styles] = await Promise.all([
    readFile(join(PROJECT, "web/test-page/page.html"), "utf8"),
    script(),
    ...STYLES.map((path) => minifiedStyles(join(PROJECT, path))),
  ]);
  const style = refuseMarkup(styles.join("\n"));
  const policy = [
    "default-src 'none'",
    `script-src '${integrityOf(refuseMarkup(code))}'`,
    `style-src '${integrityOf(style)}'`,
    "img-src data:",
    // The question, where it is too long for a link, and where the page is part of a site.
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return template
    .replace("%POLICY%", () => policy)
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("></script>", () => `>${code}</script>`);
}
