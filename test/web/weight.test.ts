import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the site's script is at most 40 kB compressed, and carries neither schemas and tally nor what is loaded later", async () => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["web/main.tsx"],
    outdir: "dist/weight",
    bundle: true,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    metafile: true,
    write: false,
  });
  const sizes = outputFiles.map(({ contents }) => gzipSync(contents).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000);
  const included = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const unwanted = /zod|hpke|uqr|core\/(?:election|keys|tally)\.ts|^functions\/|^infra\/|^local\//;
  expect(included.filter((file) => unwanted.test(file))).toEqual([]);
});
