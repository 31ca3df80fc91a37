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
