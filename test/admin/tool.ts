import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** The command line tool as an officer runs it: by its shebang, against the system on a port. */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

type Ended = Readonly<{ exitCode: number | null; stdout: string; stderr: string }>;

/** @param typed what is typed at its questions */
export async function runTool(port: number, words: readonly string[], typed = ""): Promise<Ended> {
  const env = { ...process.env, PORT: String(port), PATH: `${REPOSITORY}node_modules/.bin:${process.env.PATH}` };
  const child = spawn(`${REPOSITORY}admin/scrutin.ts`, words, { env });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stdin.end(typed);
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}
