import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { runProgram } from "#admin/commands/program.ts";

/** Runs `scrutin` against the system on a port. */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

type Ended = Readonly<{ exitCode: number | null; stdout: string; stderr: string }>;

/**
 * Runs one command in this process, which saves starting Node. One at a time.
 * @param typed answers to its questions
 */
export async function runHere(port: number, words: readonly string[], typed = ""): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
      said[stream] += String(chunk);
      return true;
    }),
  );
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  Object.defineProperty(process, "stdin", { value: Readable.from([typed]), configurable: true });
  vi.stubEnv("PORT", String(port));
  try {
    await runProgram(words);
    return { exitCode: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    Object.defineProperty(process, "stdin", stdin);
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs a command whose reader leaves before it says anything. */
export async function runUnread(words: readonly string[]): Promise<Omit<Ended, "stdout">> {
  const child = spawn(process.execPath, [`${REPOSITORY}admin/scrutin.ts`, ...words]);
  child.stdout.destroy();
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [stderr, exitCode] = await Promise.all([text(child.stderr), ended]);
  return { exitCode, stderr };
}

/** Runs a command as an officer does: by its shebang, in a process of its own. */
export async function runTool(port: number, words: readonly string[], typed = ""): Promise<Ended> {
  const env = { ...process.env, PORT: String(port), PATH: `${REPOSITORY}node_modules/.bin:${process.env.PATH}` };
  const child = spawn(`${REPOSITORY}admin/scrutin.ts`, words, { env });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stdin.end(typed);
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}
