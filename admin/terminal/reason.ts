import { createInterface } from "node:readline/promises";

/** Asks for the reason of an act at a terminal; undefined when there is none, or nothing is typed. */
export async function askReason(): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await terminal.question("Why, for the record: ")).trim();
    return answer === "" ? undefined : answer;
  } finally {
    terminal.close();
  }
}
