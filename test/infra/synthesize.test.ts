import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, matchesGlob, relative } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { BUNDLE_SOURCES, bundle, functionsMetafile } from "#infra/bundle.ts";
import { readConfig } from "#infra/config.ts";
import { PROJECT, sourcesHash } from "#infra/sources.ts";
import { ASSEMBLY_SOURCES, assemblyHash, synthesize } from "#infra/synthesize.ts";
import { law } from "#test/definitions.ts";

/** An assembly is made once for the same sources, and again for others. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-sources-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files of all modules that a script loads, in a process that may not start another. */
async function modulesLoadedBy(script: string): Promise<readonly string[]> {
  const hooks = join(folder, "hooks.mjs");
  await writeFile(
    hooks,
    `import { subscribe } from "node:diagnostics_channel";
     import { registerHooks } from "node:module";
     import { writeSync } from "node:fs";
     registerHooks({ load(url, context, next) { writeSync(3, url + "\\n"); return next(url, context); } });
     subscribe("child_process", () => { throw new Error("a process is started"); });`,
  );
  const child = spawn(
    process.execPath,
    ["--import", pathToFileURL(hooks).href, "--input-type=module", "--eval", script],
    { cwd: PROJECT, stdio: ["ignore", "inherit", "inherit", "pipe"] },
  );
  const [modules, [code]] = await Promise.all([text(child.stdio[3] as NodeJS.ReadableStream), once(child, "close")]);
  expect(code).toBe(0);
  return modules
    .split("\n")
    .filter((url) => url.startsWith("file:"))
    .map((url) => relative(PROJECT, fileURLToPath(url)));
}

const isNamedBy = (patterns: readonly string[]) => (file: string) =>
  patterns.some((pattern) => matchesGlob(file, pattern));
const isOurs = (file: string): boolean => !/^node_modules|^\.\.|^\[|^<|^\w+:/.test(file);

test("when nothing changed, an assembly is reused without the CDK, esbuild or another process", async () => {
  const { assetFolder, templates } = await synthesize("local");
  expect(Object.keys(templates)).toEqual(["scrutin-local-data", "scrutin-local-voting"]);
  const modules = await modulesLoadedBy(`
    await import("#local/system.ts");
    const { bundle } = await import("#infra/bundle.ts");
    const { synthesize } = await import("#infra/synthesize.ts");
    await bundle();
    const { assetFolder } = await synthesize("local");
    if (assetFolder !== ${JSON.stringify(assetFolder)}) throw new Error(assetFolder);`);
  expect(modules).toContain("infra/synthesize.ts");
  expect(modules.filter((file) => /node_modules\/(?:aws-cdk-lib|constructs|esbuild)\//.test(file))).toEqual([]);
});

test("a changed definition, parameter or stage makes another assembly; a moved definition does not", async () => {
  const withDefinition = async (question: string): Promise<string> => {
    const electionsFolder = await mkdtemp(join(folder, "elections-"));
    const definition = law({ question: { en: question, fr: question } });
    await writeFile(join(electionsFolder, "l1.json"), JSON.stringify(definition));
    return assemblyHash(readConfig("local", { electionsFolder }));
  };
  expect(await withDefinition("Now?")).toBe(await withDefinition("Now?"));
  const others = await Promise.all([
    withDefinition("Now?"),
    withDefinition("Never?"),
    assemblyHash(readConfig("local")),
    assemblyHash(readConfig("local", { maxReceiveCount: 4 })),
    assemblyHash(readConfig("dev")),
  ]);
  expect(new Set(others).size).toBe(others.length);
});

describe("the sources", () => {
  test("of the bundles are all that esbuild read", async () => {
    const Metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });
    const { inputs } = Metafile.parse(JSON.parse(await readFile(functionsMetafile(await bundle()), "utf8")));
    const files = Object.keys(inputs).filter(isOurs);
    expect(files).toContain("functions/tally/index.ts");
    expect(files.filter((file) => !isNamedBy(BUNDLE_SOURCES)(file))).toEqual([]);
  });

  test("of an assembly are all that the CDK app loads", async () => {
    const files = (await modulesLoadedBy('await import("#infra/stacks/stage-stacks.ts");')).filter(isOurs);
    expect(files).toContain("infra/stacks/voting-stack.ts");
    expect(files.filter((file) => !isNamedBy(ASSEMBLY_SOURCES)(file))).toEqual([]);
  });

  test.each([
    "core/ballot.ts",
    "storage/keys.ts",
    "functions/tally/handler.ts",
    "web/texts/help.en.md",
    "infra/stacks/data-stack.ts",
    "infra/tools/stateful-resources.json",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "cdk.json",
  ])("have another hash when %s changes, comes or goes", async (file) => {
    const project = await mkdtemp(join(folder, "project-"));
    const hash = (): Promise<string> => sourcesHash(project, ASSEMBLY_SOURCES);
    await mkdir(dirname(join(project, file)), { recursive: true });
    const without = await hash();
    await writeFile(join(project, file), "one");
    const before = await hash();
    expect(await hash()).toBe(before);
    await writeFile(join(project, file), "two");
    expect(new Set([without, before, await hash()]).size).toBe(3);
    await rm(join(project, file));
    expect(await hash()).toBe(without);
  });
});
