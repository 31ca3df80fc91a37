import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonWithSchemathesis } from "#local/endpoint/python.ts";
import { tie } from "#local/loose-ends.ts";

/** Schemathesis's settings, which say what they leave out and why. */
const SETTINGS = fileURLToPath(new URL("contract/", import.meta.url));

/** How many of each: requests to an operation, and sequences, of which many lead nowhere. */
const RUNS = [
  { phases: "examples,coverage,fuzzing", examples: 8 },
  { phases: "stateful", examples: 20 },
] as const;

/**
 * Whether the API at `url` does what its OpenAPI document says: Schemathesis sends requests that fit the document and such as
 * do not, alone and in sequences along its links, and judges the answers.
 * @throws Refusal when Schemathesis cannot be installed
 */
export async function isContractKept(url: string, say: (line: string) => void): Promise<boolean> {
  const python = await pythonWithSchemathesis(say);
  const startedMs = performance.now();
  let isKept = true;
  for (const { phases, examples } of RUNS) {
    const options = ["--phases", phases, "--max-examples", String(examples), "--no-color"];
    const run = spawn(join(dirname(python), "st"), ["run", `${url}/api/v1/openapi.json`, ...options], {
      cwd: SETTINGS,
      env: {
        ...process.env,
        HYPOTHESIS_STORAGE_DIRECTORY: join(dirname(python), "../../kept"),
        PYTHONDONTWRITEBYTECODE: "1",
      },
      stdio: "inherit",
    });
    const end = tie(run);
    const [code] = await once(run, "exit");
    await end();
    isKept &&= code === 0;
  }
  say(
    `the API ${isKept ? "keeps" : "does not keep"} to its document: asked for ${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
  );
  return isKept;
}
