import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const FOLDER = new URL("../../.github/workflows/", import.meta.url);
const names = await readdir(FOLDER);
const workflows = await Promise.all(
  names.map(async (name) => [name, await readFile(new URL(name, FOLDER), "utf8")] as const),
);
const readWorkflow = (name: string): string => new Map(workflows).get(name) ?? "";

/** What the jobs of each workflow may write. */
const MAY_WRITE: Readonly<Record<string, readonly string[]>> = {
  "check.yml": ["id-token"],
  "codeql.yml": ["security-events"],
  "deploy.yml": ["id-token"],
  "mutants.yml": [],
  "release.yml": ["contents"],
  "tests.yml": [],
};

describe.each(workflows)("the workflow %s", (name, text) => {
  it("pins third-party actions by commit hash, with the version in a comment", () => {
    const used = [...text.matchAll(/uses: (?!\.\/)(.*)$/gm)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("has no long-lived key, and may only read unless a job says otherwise", () => {
    expect(text).not.toMatch(/secrets\.|access-key|AWS_SECRET/i);
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(text).not.toMatch(/write-all|pull_request_target/);
    const written = [...text.matchAll(/([\w-]+): write/g)].map(([, right]) => right);
    expect([...new Set(written)]).toEqual(MAY_WRITE[name]);
  });

  it("installs what is locked, and runs no script of a package", () => {
    for (const [, rest] of text.matchAll(/npm (?:ci|install)(.*)$/gm)) expect(rest).toBe(" --ignore-scripts");
  });

  it("never leaves a token in the checked-out folder", () => {
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });
});

describe("a deployment by workflow", () => {
  it("starts from a tag only, after every test, in an environment that people may have to approve", () => {
    const text = readWorkflow("deploy.yml");
    expect(text).toMatch(/^on:\n {2}push:\n {4}tags: \["v\*"\]\n\npermissions/m);
    expect(text).toMatch(/^ {2}test:\n {4}uses: \.\/\.github\/workflows\/tests\.yml$/m);
    expect(text).toMatch(/needs: test/);
    expect(text).toMatch(/environment: prod/);
  });

  it("a deployment's diff is shown only for changes from this repository", () => {
    expect(readWorkflow("check.yml")).toMatch(/head\.repo\.full_name == github\.repository/);
  });
});

describe("the tests by workflow", () => {
  it("are every layer that package.json has a script for", async () => {
    const PackageFile = z.object({ scripts: z.record(z.string(), z.string()) });
    const file = await readFile(new URL("../../package.json", import.meta.url), "utf8");
    const { scripts } = PackageFile.parse(JSON.parse(file));
    const layers = Object.keys(scripts).filter((name) => name.startsWith("test:"));
    const run = [...readWorkflow("tests.yml").matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script);
    expect(run.sort()).toEqual(["check", "synth", ...layers].sort());
  });

  it("run for every change", () => {
    expect(readWorkflow("check.yml")).toMatch(/^ {2}test:\n {4}uses: \.\/\.github\/workflows\/tests\.yml$/m);
  });
});
