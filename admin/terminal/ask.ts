import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Questions to the officer at the terminal. They go to standard error, so that standard output holds results only. */

export const isAtTerminal = (): boolean => process.stdin.isTTY === true;

/** Asks a question. @param isHidden whether what is typed is not shown, as for a password */
export async function ask(question: string, isHidden = false): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = createInterface({
    input: process.stdin,
    output: isHidden ? nowhere : process.stderr,
    terminal: process.stdin.isTTY === true,
  });
  try {
    return (await input.question("")).trim();
  } finally {
    input.close();
    if (isHidden) process.stderr.write("\n");
  }
}
