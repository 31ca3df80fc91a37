import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import { tie } from "#local/loose-ends.ts";

const SCRUTIN = fileURLToPath(new URL("../../admin/scrutin.ts", import.meta.url));

type How = Readonly<{
  exitCode?: number;
  /** Answers to its questions. */
  typed?: string;
}>;

/** What an officer types, and what the command prints. */
export type Scrutin = (words: readonly string[], how?: How) => Promise<string>;

const quoted = (word: string): string => (/^[\w./:@,=-]+$/.test(word) ? word : `"${word}"`);

/** An officer at the terminal of the system on a port. A command that ends with another exit code ends the rehearsal. */
export function officerOf(port: string, folder: string, diary: Diary): Scrutin {
  return async (words, { exitCode = 0, typed = "" } = {}) => {
    diary.note(`$ scrutin ${words.map(quoted).join(" ")}`);
    const child = spawn(process.execPath, [SCRUTIN, ...words], {
      cwd: folder,
      env: { ...process.env, PORT: port, NO_COLOR: "1" },
    });
    const stop = tie(child);
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.stdin.end(typed);
    const [printed, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    await stop();
    if (code !== exitCode) {
      throw new EnglishRefusal(
        `scrutin ${words.join(" ")}\nexit code must be ${exitCode}, and is ${code}.\n${printed}${complaint}`,
      );
    }
    return exitCode === 0 ? printed : `${printed}${complaint}`;
  };
}

/** The first part of what was printed that a pattern describes: its first group, or the whole of it. */
export function found(printed: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(printed);
  return match?.[1] ?? match?.[0];
}
