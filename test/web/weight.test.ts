import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { buildSite } from "#infra/bundle.ts";

let site: Awaited<ReturnType<typeof buildSite>>;
beforeAll(async () => {
  site = await buildSite();
});

const weightOf = (ending: string): number =>
  site.outputFiles
    .filter(({ path }) => path.endsWith(ending))
    .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);

describe("what a phone loads first", () => {
  test("is at most 40 kB of script, compressed, and 60 kB in all", async () => {
    const page = gzipSync(await readFile(fileURLToPath(new URL("../../web/index.html", import.meta.url)))).length;
    expect(weightOf(".js")).toBeGreaterThan(0);
    expect(weightOf(".js")).toBeLessThanOrEqual(40_000);
    expect(weightOf(".js") + weightOf(".css") + page).toBeLessThanOrEqual(60_000);
  });

  test("carries neither the schemas nor the tally", () => {
    const included = Object.values(site.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
    const unwanted = /zod|hpke|uqr|core\/(?:election|keys|tally)\.ts|^functions\/|^infra\/|^local\//;
    expect(included.filter((file) => unwanted.test(file))).toEqual([]);
  });

  test("leaves to later what not everybody needs: texts, the sealing, the squares of a QR code", () => {
    const script = site.outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
    expect(site.later.size).toBe(8);
    for (const [name, text] of site.later) {
      expect(script).toContain(`/${name}`);
      expect(script).not.toContain(Buffer.from(text).toString().slice(0, 60));
    }
  });
});
