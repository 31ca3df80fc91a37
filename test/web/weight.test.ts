import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { loadOrder, sitePage } from "#infra/bundling/page.ts";
import { buildSite } from "#infra/bundling/site.ts";

let site: Awaited<ReturnType<typeof buildSite>>;
let html: string;
beforeAll(async () => {
  site = await buildSite();
  const template = await readFile(fileURLToPath(new URL("../../web/index.html", import.meta.url)), "utf8");
  html = sitePage(template, site.outputFiles, site.metafile);
});

/** Bytes of files, compressed, by name. */
const weightOf = (names: readonly string[]): number => {
  const files = [...site.outputFiles.map(({ path, contents }) => [basename(path), contents] as const), ...site.later];
  return files.filter(([name]) => names.includes(name)).reduce((sum, [, content]) => sum + gzipSync(content).length, 0);
};

const styles = () => site.outputFiles.map(({ path }) => basename(path)).filter((name) => name.endsWith(".css"));
const sealing = () => [...site.later.keys()].filter((name) => name.startsWith("sealing-"));

describe("what a phone loads first", () => {
  test.each(["home-page", "vote-page", "check-page", "monitor-page", "results-page", "text-page"])(
    "is at most 40 kB of script, compressed, and 60 kB in all: %s",
    (part) => {
      const { first, parts } = loadOrder(site.outputFiles, site.metafile);
      const page = parts.get(part) ?? [];
      expect(page).not.toEqual([]);
      const isWordy = ["check-page", "home-page", "results-page", "monitor-page"].includes(part);
      const words = [...(parts.get("fr") ?? []), ...(parts.get(part.replace("-page", "-fr")) ?? [])];
      const named = words.map((name) => name.slice(0, name.lastIndexOf("-"))).filter((name) => name !== "chunk");
      expect(named).toEqual(isWordy ? ["fr", part.replace("-page", "-fr")] : ["fr"]);
      const later = [...page, ...words, ...(part === "vote-page" ? sealing() : [])];
      const scripts = weightOf([...first, ...later]);
      expect(weightOf(first)).toBeGreaterThan(0);
      expect(scripts).toBeLessThanOrEqual(40_000);
      expect(scripts + weightOf(styles()) + gzipSync(html).length).toBeLessThanOrEqual(60_000);
    },
  );

  test("is at most 45 kB of script, compressed, for several questions in one visit, which few elections have", () => {
    const { first, parts } = loadOrder(site.outputFiles, site.metafile);
    const pages = ["paper-page", "vote-page", "fr", "paper-fr"].flatMap((part) => parts.get(part) ?? []);
    const scripts = weightOf([...first, ...pages, ...sealing()]);
    expect(parts.get("paper-page")).toBeDefined();
    expect(scripts).toBeLessThanOrEqual(45_000);
    expect(scripts + weightOf(styles()) + gzipSync(html).length).toBeLessThanOrEqual(60_000);
  });

  test("carries neither schemas nor tables, nor what is loaded later", () => {
    const { first } = loadOrder(site.outputFiles, site.metafile);
    const included = Object.entries(site.metafile.outputs);
    const all = included.flatMap(([, { inputs }]) => Object.keys(inputs));
    expect(all.filter((file) => /zod|core\/election\.ts|^(?:storage|infra|local)\//.test(file))).toEqual([]);
    const atOnce = included
      .filter(([path]) => first.includes(basename(path)))
      .flatMap(([, { inputs }]) => Object.keys(inputs));
    expect(atOnce).toContain("web/shell/site.tsx");
    expect(atOnce.filter((file) => /hpke|uqr|-page\.tsx$/.test(file)).toSorted()).toEqual([
      "web/shell/lazy-page.tsx",
      "web/shell/not-found-page.tsx",
    ]);
  });

  test("leaves to later what not everybody needs: texts, the sealing, a library for older browsers, the squares of a QR code, files", () => {
    const scripts = site.outputFiles.map(({ text }) => text).join();
    expect(site.later.size).toBe(10);
    for (const [name, text] of site.later) {
      expect(scripts).toContain(`/${name}`);
      expect(scripts).not.toContain(Buffer.from(text).toString().slice(0, 60));
    }
  });
});

test("the page vouches for every script that is loaded with it or later", () => {
  for (const { path } of site.outputFiles) {
    expect(html).toMatch(new RegExp(`"/${basename(path)}" integrity="sha384-[A-Za-z0-9+/]{64}"`));
  }
});
