import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const pages = globSync(["*.md", "docs/**/*.md", ".github/**/*.md"], { cwd: ROOT });
const sources = globSync("{core,storage,functions,infra,local,admin,load,web,test}/**/*.{ts,tsx}", { cwd: ROOT });

/** How GitHub names the anchor of a heading. */
const anchorsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );

test.each(pages)("%s links to files and headings that exist", (page) => {
  const markdown = read(page).replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "");
  for (const [, link = ""] of markdown.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path = "", anchor] = link.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    expect([link, existsSync(join(ROOT, file))]).toEqual([link, true]);
    if (anchor !== undefined) expect(anchorsOf(read(file)), link).toContain(anchor);
  }
});

test("pages name files that exist", () => {
  const rooms = "core|storage|functions|infra|admin|local|load|web|test|config|elections";
  const named = pages.flatMap((page) => [
    ...read(page).matchAll(new RegExp(`\`((?:${rooms})/[\\w./-]+\\.\\w+)\``, "g")),
  ]);
  const files = new Set(named.map(([, file = ""]) => file).filter((file) => !/NAME|STAGE/.test(file)));
  expect(files.size).toBeGreaterThan(50);
  for (const file of files) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
});

test("every threat names the tests that hold it off", () => {
  const threats = read("docs/threat-model.md").match(/^\| [STRIDE] \|.+$/gm) ?? [];
  expect(threats.length).toBeGreaterThan(40);
  for (const threat of threats) expect(threat).toMatch(/`test\//);
});

test("code points to documents that exist", () => {
  const mentioned = sources.flatMap((file) => read(file).match(/\bdocs\/[\w/-]+\.(?:md|svg)/g) ?? []);
  expect(mentioned.length).toBeGreaterThan(10);
  for (const file of new Set(mentioned)) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
});

test("the index of decisions lists every record by its title, and each record has the template's sections", () => {
  const index = read("docs/adr/README.md");
  const sectionsOf = (file: string): readonly string[] => read(file).match(/^## .+$/gm) ?? [];
  const records = globSync("docs/adr/[0-9]*.md", { cwd: ROOT }).sort();
  for (const [position, file] of records.entries()) {
    const [, title = ""] = /^# \d+\. (.+)$/m.exec(read(file)) ?? [];
    const name = file.slice("docs/adr/".length);
    expect(name.slice(0, 4)).toBe(String(position + 1).padStart(4, "0"));
    expect(index).toContain(`| [${name.slice(0, 4)}](${name}) | ${title} |`);
    expect(sectionsOf(file), file).toEqual(sectionsOf("docs/adr/template.md"));
  }
});
