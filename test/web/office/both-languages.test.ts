import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { parseAst } from "rolldown/parseAst";
import { beforeAll, describe, expect, test } from "vitest";
import { functionNames } from "#infra/bundling/functions.ts";
import { PROJECT } from "#infra/sources.ts";
import { TERMS } from "#web/messages/terms.ts";

/** The console answers in the language of whoever asks: nothing that can stop it is known in English only. */

const ENGLISH_ONLY = "core/english-refusal.ts";

/** Fonts and texts refuse nothing; workers are entries of their own. */
const besideScripts: Plugin = {
  name: "beside-scripts",
  setup({ onResolve }) {
    onResolve({ filter: /\.(md|ttf|worker)$/ }, ({ path }) => ({ path, external: true }));
  },
};

type Bundled = ReadonlyMap<string, readonly string[]>;

/** The sources of ours that each bundle has something of, by its entry. */
async function bundled(entryPoints: readonly string[]): Promise<Bundled> {
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: [...entryPoints],
    outdir: "none",
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [besideScripts],
  });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint = "", inputs }) => [
      entryPoint,
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ]),
  );
}

let consoleBundles: Bundled;

beforeAll(async () => {
  const functions = (await functionNames()).filter((name) => name.startsWith("office"));
  expect(functions.length).toBeGreaterThan(2);
  consoleBundles = await bundled([
    ...functions.map((name) => `functions/${name}/index.ts`),
    "web/entries/office-fr.ts",
    "web/office/roll/cards.worker.ts",
    "web/office/roll/sheet.worker.ts",
  ]);
});

describe("what can be refused in the console", () => {
  test("is never a refusal that only a terminal shows", () => {
    const english = [...consoleBundles].filter(([, files]) => files.includes(ENGLISH_ONLY)).map(([entry]) => entry);
    expect(english).toEqual([]);
  });

  test("the command line has such refusals, so that the rule can be broken", async () => {
    const commands = await bundled(["admin/scrutin.ts"]);
    expect(commands.get("admin/scrutin.ts")).toContain(ENGLISH_ONLY);
  });
});

/** Every text in a source, those between the values of a template among them. */
function textsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== "object" || node === null) return [];
  if ("type" in node && node.type === "Literal" && "value" in node) {
    return typeof node.value === "string" ? [node.value] : [];
  }
  if ("type" in node && node.type === "TemplateElement" && "value" in node)
    return [String(Reflect.get(Object(node.value), "cooked"))];
  return Object.values(node).flatMap(textsIn);
}

/** Every text of the console's sources, with the source that it is in. */
async function textsOfConsole(): Promise<readonly Readonly<{ file: string; text: string }>[]> {
  const sources = [...new Set([...consoleBundles.values()].flat())].filter((file) => /\.tsx?$/.test(file));
  const found = await Promise.all(
    sources.map(async (file) => {
      const lang = file.endsWith("x") ? "tsx" : "ts";
      const { body } = parseAst(await readFile(join(PROJECT, file), "utf8"), { lang });
      return textsIn(body).map((text) => ({ file, text }));
    }),
  );
  return found.flat();
}

test("no French sign of the console is parted from its word at the end of a line", async () => {
  const parted = (await textsOfConsole()).filter(({ text }) =>
    /« |(^|[\p{L}\p{N})»…%]) [:;?!»](?=[ .,)]|$)/u.test(text),
  );
  expect(parted).toEqual([]);
});

test("what the console says in French has the words of every page", async () => {
  const french = (await textsOfConsole()).filter(({ text }) => /[àâçéèêîôùœ]/i.test(text) && text.includes(" "));
  expect(french.length).toBeGreaterThan(500);
  const strays = TERMS.flatMap(({ not }) => french.filter(({ text }) => not?.fr?.test(text) === true));
  expect(strays).toEqual([]);
});
