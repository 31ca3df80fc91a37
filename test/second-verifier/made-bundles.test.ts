import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pythonForVerifier, runScript } from "#test/second-verifier/run.ts";

/** Bundles that were made from docs/protocol.md alone, by another prover in another language, and what both verifiers say of them. */

const fileFrom = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SCRUTIN = fileFrom("../../admin/scrutin.ts");

/** Each is signed by whoever signs such a thing, and named by the check that both verifiers must fail. */
const LIES: Readonly<Record<string, string>> = {
  "a voter who is not on the roll": "voter keys",
  "two ballots of one voter": "voter keys",
  "a ballot that its voter did not sign": "signatures of voters",
  "a copied ballot": "proofs of ballots",
  "a mix that doubles a ballot and drops another": "mix 2",
  "a trustee who mixes twice": "mixers",
  "a false opening": "opening by trustee 1",
  "a marked ballot": "recount",
  "a vote moved to another choice": "recount",
};

let python: string;
let folder: string;
beforeAll(async () => {
  python = await pythonForVerifier();
  folder = await mkdtemp(join(tmpdir(), "scrutin-made-"));
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function make(name: string, ...lie: string[]): Promise<string> {
  const at = await mkdtemp(join(folder, `${name}-`));
  const made = await runScript(python, "make.py", [fileFrom(`../fixtures/bundles/${name}/opening.json`), at, ...lie]);
  expect(made.exitCode, made.printed).toBe(0);
  return at;
}

/** The names of the checks that fail, of the first verifier: `scrutin verify`. */
const failedByFirst = (at: string): Promise<string[]> =>
  new Promise((resolve) => {
    execFile(process.execPath, [SCRUTIN, "verify", at], (_error, stdout, stderr) => {
      const lies = stdout.matchAll(/^LIE +(.*?)(?: {2}.*)?$/gm);
      // Whatever ends it before it says anything of the ballots is no answer.
      resolve(/^(LIE|ok) +mix 1/m.test(stdout) ? [...lies].map(([, name]) => `${name}`) : [stdout + stderr]);
    });
  });

async function failedBySecond(at: string): Promise<string[]> {
  const { checks } = await runScript(python, "verify.py", [at]);
  expect(checks.size).toBeGreaterThan(20);
  return [...checks].filter(([, holds]) => !holds).map(([name]) => name);
}

describe("a bundle that another made from the protocol's description", () => {
  test.each(["law", "ranked"])("is accepted by both verifiers: %s", async (name) => {
    const at = await make(name);
    expect(await Promise.all([failedByFirst(at), failedBySecond(at)])).toEqual([[], []]);
  });

  test.each(Object.entries(LIES))("with %s is refused by both, at the same check: %s", async (lie, check) => {
    const at = await make("law", lie);
    const [first, second] = await Promise.all([failedByFirst(at), failedBySecond(at)]);
    expect(first).toContain(check);
    expect(second).toContain(check);
  });
});
