import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { buildSite } from "#infra/site-bundle.ts";

let site: Awaited<ReturnType<typeof buildSite>>;
beforeAll(async () => {
  site = await buildSite();
});

const weightOf = (name: string): number => gzipSync(site.files.get(name) ?? new Uint8Array()).length;

/** Scripts that must be there before a page is: the first one's, and those of the page's own part. */
const scriptsOf = (page: string): readonly string[] => [
  ...new Set([...site.main.needs, ...(site.parts.get(page)?.needs ?? [])]),
];
const PAGES = ["home", "vote", "results", "check", "monitor"];

describe("what a phone loads first", () => {
  test.each(PAGES)("for the page %s is at most 40 kB of script, compressed, and 60 kB in all", async (name) => {
    const page = gzipSync(await readFile(fileURLToPath(new URL("../../web/index.html", import.meta.url)))).length;
    const script = scriptsOf(name).reduce((sum, file) => sum + weightOf(file), 0);
    expect(script).toBeGreaterThan(10_000);
    expect(script).toBeLessThanOrEqual(40_000);
    expect(script + weightOf(site.style) + page).toBeLessThanOrEqual(60_000);
  });

  test.each(PAGES)("for the page %s carries neither schemas, nor the tally, nor what is loaded later", (name) => {
    const included = scriptsOf(name).flatMap(site.inputsOf);
    expect(included.length).toBeGreaterThan(10);
    const unwanted = /zod|hpke|uqr|core\/(?:election|keys|tally)\.ts|^functions\/|^infra\/|^local\//;
    expect(included.filter((file) => unwanted.test(file))).toEqual([]);
  });

  test("of the first page is nothing that only another page shows", () => {
    const included = scriptsOf("home").flatMap(site.inputsOf);
    expect(included.filter((file) => /^web\/(?:monitor|check)\/|results-page|vote-page/.test(file))).toEqual([]);
  });

  test("leaves the texts to those who read them", () => {
    const script = Buffer.from(site.files.get(site.main.needs[0] ?? "") ?? "").toString();
    expect(site.texts.size).toBe(6);
    for (const [name, text] of site.texts) {
      expect(script).toContain(`/${name}`);
      expect(script).not.toContain(Buffer.from(text).toString().slice(0, 60));
    }
  });
});
