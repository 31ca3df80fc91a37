import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import {
  ALLOWED_LICENCES,
  billOfMaterials,
  licenceFaults,
  licencesPage,
  runtimePackages,
} from "#infra/tools/bill-of-materials.ts";

/** Dependencies: versions, licences, and which may run code when installed. */

const Versions = z.record(z.string(), z.string());
const PackageFile = z.object({
  dependencies: Versions,
  optionalDependencies: Versions,
  devDependencies: Versions,
});
const Locked = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().default(false),
  os: z.string().or(z.array(z.string())).optional(),
  cpu: z.string().or(z.array(z.string())).optional(),
  /** Bundled in its parent package, whose content is locked. */
  inBundle: z.boolean().default(false),
});
const LockFile = z.object({ packages: z.record(z.string(), Locked) });

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../${name}`, import.meta.url), "utf8"));
const { dependencies, optionalDependencies, devDependencies } = PackageFile.parse(await readJson("package.json"));
const { packages: locked } = LockFile.parse(await readJson("package-lock.json"));

const direct = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });

describe("versions", () => {
  test.each(direct)("%s has an exact version, which is the locked one", (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(locked[`node_modules/${name}`]?.version).toBe(version);
  });

  test("every package is locked by its content, not just its name", () => {
    const others = Object.entries(locked).filter(([path, { inBundle }]) => path !== "" && !inBundle);
    expect(others.length).toBeGreaterThan(direct.length);
    expect(others.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true)).toEqual([]);
  });
});

describe("install scripts", () => {
  test("none runs, whichever npm installs", async () => {
    expect(await readFile(new URL("../../.npmrc", import.meta.url), "utf8")).toMatch(/^ignore-scripts=true$/m);
  });

  test("no dependency of ours that runs needs one, besides esbuild, whose own only saves a start of Node", () => {
    const withScripts = direct
      .map(([name]) => name)
      .filter((name) => locked[`node_modules/${name}`]?.hasInstallScript === true);
    expect(withScripts).toEqual(["esbuild"]);
  });
});

describe("Node itself", () => {
  const binaries = Object.entries(optionalDependencies);

  test("is a package for each platform, locked by its content, that npm installs nowhere else", () => {
    const platforms = binaries.map(([name]) => {
      const { os, cpu, hasInstallScript } = locked[`node_modules/${name}`] ?? {};
      expect(hasInstallScript).toBe(false);
      return `${os} ${cpu}`;
    });
    expect(platforms.sort()).toEqual(["darwin arm64", "darwin x64", "linux arm64", "linux x64", "win32 x64"]);
  });

  test("is what npm's scripts run, the locked version", async () => {
    const { stdout } = await promisify(execFile)(
      fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url)),
      ["--version"],
    );
    expect(binaries.map(([, version]) => `v${version}`)).toContain(stdout.trim());
  });
});

describe("the bill of materials", () => {
  let bill = "";
  beforeAll(async () => {
    bill = await billOfMaterials();
  });

  test("lists everything that functions and commands run on, even if development shares it", () => {
    const listed = new Map(runtimePackages(bill).map(({ name, version }) => [name, version]));
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies }))
      expect([name, listed.get(name)]).toEqual([name, version]);
    expect(listed.has("@smithy/core")).toBe(true);
    expect(listed.has("vitest")).toBe(false);
  });

  test("names an allowed licence for each of them", () => {
    expect(licenceFaults(runtimePackages(bill))).toEqual([]);
  });
});

describe("a package", () => {
  const billOf = (licenses: unknown): string =>
    JSON.stringify({ bomFormat: "CycloneDX", components: [{ name: "a", version: "1.0.0", licenses }] });

  test.each([
    ["a licence that asks for the source", [{ license: { id: "AGPL-3.0-only" } }]],
    ["a licence of its own", [{ license: { name: "SEE LICENSE IN file" } }]],
    ["a choice that nobody made", [{ expression: "(MIT OR GPL-3.0-only)" }]],
    ["no licence", []],
  ])("with %s is refused until somebody decides", (_, licenses) => {
    expect(licenceFaults(runtimePackages(billOf(licenses)))).toHaveLength(1);
  });

  test("with an allowed licence is on the page with its version", () => {
    const [licence = ""] = ALLOWED_LICENCES;
    const packages = runtimePackages(billOf([{ license: { id: licence } }]));
    expect(licenceFaults(packages)).toEqual([]);
    expect(licencesPage(packages)).toContain(`| a | 1.0.0 | ${licence} |`);
  });
});
