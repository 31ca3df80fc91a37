import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { lock } from "proper-lockfile";
import * as z from "zod";
import { type PythonTool, pythonWith } from "#local/endpoint/python.ts";

const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const FOLDER = fileBeside("../../.scrutin/second-verifier/");
const LOCK = fileBeside("../../.scrutin/second-verifier.lock");
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
export async function pythonForVerifier(): Promise<string> {
  // Test files run beside each other, and the first makes it for all.
  await mkdir(dirname(LOCK), { recursive: true });
  const release = await lock(dirname(LOCK), {
    lockfilePath: LOCK,
    retries: { retries: 600, factor: 1, minTimeout: 500, maxTimeout: 500 },
  });
  try {
    return await pythonWith(SECOND_VERIFIER, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await release();
  }
}

const Run = z.strictObject({ exitCode: z.number(), printed: z.string() });

/** What a script of this folder printed: whether each check holds, by name. */
export type Findings = Readonly<{ exitCode: number; checks: ReadonlyMap<string, boolean>; printed: string }>;

/** Lines that begin with `ok` or `false` are checks; more is said after two spaces. */
function findingsOf({ exitCode, printed }: z.infer<typeof Run>): Findings {
  const checks = new Map<string, boolean>();
  for (const line of printed.split("\n")) {
    const [, result, name = ""] = line.match(/^(ok|false) +(.*?)(?: {2}.*)?$/) ?? [];
    if (result !== undefined) checks.set(name, result === "ok");
  }
  return { exitCode, checks, printed };
}

/** Runs `verify.py` or `vectors.py`. Whatever it exits with is an answer, and what it writes to stderr is among what it printed. */
export function runScript(python: string, script: string, args: readonly string[]): Promise<Findings> {
  return new Promise((resolve) => {
    execFile(python, [fileBeside(script), ...args], { env: ENVIRONMENT }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve(findingsOf({ exitCode, printed: stdout + stderr }));
    });
  });
}

/** One process that verifies one bundle after the other: starting costs more than verifying a small one. */
export function startVerifier(python: string): Readonly<{
  verify: (args: readonly string[]) => Promise<Findings>;
  stop: () => Promise<void>;
}> {
  const child = spawn(python, [fileBeside("many.py")], { env: ENVIRONMENT, stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async verify(args) {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`many.py ended at ${args.join(" ")}`);
      return findingsOf(Run.parse(JSON.parse(value)));
    },
    async stop() {
      const end = once(child, "exit");
      child.stdin.end();
      await end;
    },
  };
}
