import { basename } from "node:path";
import type { Metafile, OutputFile } from "esbuild";
import { integrityOf } from "#infra/bundling/texts.ts";

/** Placeholders in the page for the built files, whose names have a hash of their content. */
const PLACEHOLDERS = { script: "/main.js", style: "/main.css" } as const;

const isEntry = (name: string): boolean => /^(?:main|styles)-/.test(name);

/** The files that a script imports statically, without itself, as the site names them. */
function neededBy(name: string, metafile: Metafile): readonly string[] {
  const needed = new Set<string>();
  const follow = (output: string): void => {
    for (const { path, kind } of metafile.outputs[output]?.imports ?? []) {
      if (kind !== "import-statement" || needed.has(basename(path))) continue;
      needed.add(basename(path));
      follow(path);
    }
  };
  const output = Object.keys(metafile.outputs).find((path) => basename(path) === name);
  if (output !== undefined) follow(output);
  return [...needed];
}

/** The files loaded at once with the first script, and later with each part of the site, by the part's name. */
export function loadOrder(files: readonly OutputFile[], metafile: Metafile) {
  const names = files.map(({ path }) => basename(path));
  const first = names.filter((name) => name.startsWith("main-")).flatMap((name) => [name, ...neededBy(name, metafile)]);
  const starts = names.filter(
    (name) => name.endsWith(".js") && !isEntry(name) && !name.startsWith("chunk-") && !first.includes(name),
  );
  const parts = new Map(
    starts.map((name) => [
      name.slice(0, name.lastIndexOf("-")),
      [name, ...neededBy(name, metafile)].filter((needed) => !first.includes(needed)),
    ]),
  );
  return { first, parts };
}

/**
 * The one page served at all addresses. It names the script and the style sheet, and the integrity of every file that is
 * loaded with them or later, so that the browser runs only what this build made.
 * @throws Error when the template has no place for the script or the style sheet
 */
export function sitePage(template: string, files: readonly OutputFile[], metafile: Metafile): string {
  const integrity = new Map(files.map(({ path, contents }) => [basename(path), integrityOf(contents)]));
  const link = (rel: string, name: string, more = ""): string =>
    `    <link rel="${rel}"${more} href="/${name}" integrity="${integrity.get(name)}" />\n`;
  const { first, parts } = loadOrder(files, metafile);
  const links = [
    ...first.filter((name) => !isEntry(name)).map((name) => link("modulepreload", name)),
    ...[...parts].flatMap(([part, names]) => names.map((name) => link("part", name, ` data-part="${part}"`))),
  ];
  let page = template.replace("  </head>", `${links.join("")}  </head>`);
  for (const name of integrity.keys()) {
    if (!isEntry(name)) continue;
    const placeholder = `"${name.endsWith(".css") ? PLACEHOLDERS.style : PLACEHOLDERS.script}"`;
    if (!page.includes(placeholder)) throw new Error(`web/index.html has no ${placeholder} left for ${name}`);
    page = page.replace(placeholder, `"/${name}" integrity="${integrity.get(name)}"`);
  }
  return page;
}
