import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Findings, pythonForVerifier, runScript, startVerifier } from "#test/second-verifier/run.ts";

const fileFrom = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PROTOCOL = fileFrom("../../docs/protocol.md");
const BUNDLES = fileFrom("../fixtures/bundles/");
const NAMES = ["law", "single", "ranked"] as const;
type Name = (typeof NAMES)[number];

let python: string;
let folder: string;
let verifier: ReturnType<typeof startVerifier>;
/** What somebody must know of each bundle from elsewhere: here, from the bundle as it was committed. */
const known = new Map<Name, readonly string[]>();

beforeAll(async () => {
  python = await pythonForVerifier();
  folder = await mkdtemp(join(tmpdir(), "scrutin-second-"));
  verifier = startVerifier(python);
}, 300_000);
afterAll(async () => {
  await verifier.stop();
  await rm(folder, { recursive: true, force: true });
});

const falseOnes = ({ checks }: Findings): string[] => [...checks].filter(([, holds]) => !holds).map(([name]) => name);

/** Answers the options that give what `verify.py` asks to compare, as it tells them of the committed bundle. */
async function knownOf(name: Name): Promise<readonly string[]> {
  const before = known.get(name);
  if (before !== undefined) return before;
  const { printed } = await verifier.verify([join(BUNDLES, name)]);
  const options = [...printed.matchAll(/give it as (--\S+): ([^/\n]*[^/\s])/g)].flatMap(([, option, value]) => [
    `${option}`,
    `${value}`,
  ]);
  known.set(name, options);
  return options;
}

const verify = async (name: Name, at = join(BUNDLES, name)): Promise<Findings> =>
  verifier.verify([at, ...(await knownOf(name))]);

/** What a change of a copy leads to. */
async function verifyChanged(name: Name, change: (at: string) => Promise<unknown>): Promise<Findings> {
  const at = await mkdtemp(join(folder, `${name}-`));
  await cp(join(BUNDLES, name), at, { recursive: true });
  await change(at);
  const findings = await verify(name, at);
  await rm(at, { recursive: true });
  return findings;
}

describe("the vectors of the protocol", () => {
  test("come out the same in another language, with another library, by somebody who read the document alone", async () => {
    const findings = await runScript(python, "vectors.py", [PROTOCOL]);
    expect(falseOnes(findings)).toEqual([]);
    expect(findings.checks.size, findings.printed).toBeGreaterThan(30);
    expect(findings.exitCode).toBe(0);
  });
});

describe("a bundle", () => {
  test.each(NAMES)("holds in every check: %s", async (name) => {
    const findings = await runScript(python, "verify.py", [join(BUNDLES, name), ...(await knownOf(name))]);
    expect(falseOnes(findings), findings.printed).toEqual([]);
    expect(findings.checks.size).toBeGreaterThan(20);
    expect(findings.exitCode).toBe(0);
  });

  test("is not accepted until what is known from elsewhere is given", async () => {
    const { exitCode, printed, checks } = await runScript(python, "verify.py", [join(BUNDLES, "law")]);
    expect([...checks.values()]).not.toContain(false);
    expect(printed.match(/^\? /gm)).toHaveLength(3);
    expect(exitCode).toBe(2);
  });

  test("is another one's by any fingerprint, word or hash that differs", async () => {
    const options = await knownOf("law");
    const others = [...(await knownOf("single"))];
    const findings = await runScript(python, "verify.py", [join(BUNDLES, "law"), ...others]);
    expect(options).toHaveLength(6);
    expect(falseOnes(findings)).toEqual(["signature", "opening", "six words"]);
    expect(findings.exitCode).toBe(1);
  });

  test("has a fault whichever of its files has a changed byte", async () => {
    const files = (await readdir(join(BUNDLES, "law"), { recursive: true })).sort();
    const unnoticed: string[] = [];
    for (const [number, file] of files.entries()) {
      if ((await stat(join(BUNDLES, "law", file))).isDirectory()) continue;
      const { exitCode, printed } = await verifyChanged("law", async (at) => {
        const data = await readFile(join(at, file));
        const place = (number * 7919) % data.length;
        data[place] = (data[place] ?? 0) ^ (1 << (number % 8));
        await writeFile(join(at, file), data);
      });
      if (exitCode !== 1) unnoticed.push(`${file}: ${printed}`);
    }
    expect(unnoticed).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });

  test("lacks a file: said, and never a trace", async () => {
    for (const file of ["ceremony/ceremony.json", "certificate.json", "mix-1.bin", "opened.bin"]) {
      const { exitCode, printed, checks } = await verifyChanged("law", (at) => rm(join(at, file)));
      expect(checks.get("files"), file).toBe(false);
      expect(printed).toContain(`${file} is not there`);
      expect(exitCode).toBe(1);
    }
  });

  test("is not there: said, and ends with 2", async () => {
    const { exitCode, printed } = await runScript(python, "verify.py", [folder]);
    expect(printed).toMatch(/^This bundle cannot be read: there is no folder .*ceremony/);
    expect(exitCode).toBe(2);
  });
});
