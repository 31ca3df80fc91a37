import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { pythonForVerifier, runScript } from "#test/second-verifier/run.ts";

const PROTOCOL = fileURLToPath(new URL("../../docs/protocol.md", import.meta.url));

let python: string;
beforeAll(async () => {
  python = await pythonForVerifier();
}, 300_000);

describe("the vectors of the protocol", () => {
  test("come out the same in another language, with another library, by somebody who read the document alone", async () => {
    const { exitCode, checks, printed } = await runScript(python, "vectors.py", [PROTOCOL]);
    expect([...checks].filter(([, holds]) => !holds)).toEqual([]);
    expect(checks.size, printed).toBeGreaterThan(30);
    expect(exitCode).toBe(0);
  });
});

describe("a verification", () => {
  test("says that there is no bundle, and ends with 2", async () => {
    const { exitCode, printed } = await runScript(python, "verify.py", [fileURLToPath(new URL(".", import.meta.url))]);
    expect(printed).toMatch(/^This bundle cannot be read: there is no folder .*ceremony/);
    expect(exitCode).toBe(2);
  });
});
