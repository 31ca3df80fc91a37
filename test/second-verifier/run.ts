import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PythonTool, pythonWith } from "#local/endpoint/python.ts";

const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const FOLDER = fileBeside("../../.scrutin/second-verifier/");
/** Where Python keeps what it compiled: not beside the sources. */
const ENVIRONMENT = { ...process.env, PYTHONPYCACHEPREFIX: join(FOLDER, "compiled") };

const SECOND_VERIFIER: PythonTool = {
  name: "the second verifier, written from docs/protocol.md alone,",
  module: "rbcl, cryptography, mnemonic",
  requirements: fileBeside("requirements.txt"),
  folder: FOLDER,
  orElse: "Without it nobody holds the first verifier to the protocol, so its test fails.",
};

/** The path of a Python that has what the second verifier needs. @throws Refusal when it cannot be made */
export const pythonForVerifier = (): Promise<string> =>
  pythonWith(SECOND_VERIFIER, (line) => void process.stdout.write(`${line}\n`));

/** What a script of this folder printed: whether each check holds, by name. */
export type Findings = Readonly<{ exitCode: number; checks: ReadonlyMap<string, boolean>; printed: string }>;

/** Lines that begin with `ok` or `false` are checks; the name ends at a colon and two spaces, where more is said. */
function checksIn(printed: string): ReadonlyMap<string, boolean> {
  const checks = new Map<string, boolean>();
  for (const line of printed.split("\n")) {
    const [, result, name = ""] = line.match(/^(ok|false) +(.*?)(?: {2}.*)?$/) ?? [];
    if (result !== undefined) checks.set(name, result === "ok");
  }
  return checks;
}

/** Runs `verify.py` or `vectors.py`. Whatever it exits with is an answer, and a trace on stderr is part of what it printed. */
export function runScript(python: string, script: string, args: readonly string[]): Promise<Findings> {
  return new Promise((resolve) => {
    execFile(python, [fileBeside(script), ...args], { env: ENVIRONMENT }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exitCode, checks: checksIn(stdout), printed: stdout + stderr });
    });
  });
}
