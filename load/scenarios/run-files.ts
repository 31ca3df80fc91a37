import { open, writeFile } from "node:fs/promises";
import { Refusal } from "#core/refusal.ts";

/** A run's files; whether they can be written is known before the run. */

function refusal(file: string, error: unknown): Refusal {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "its folder does not exist",
    ENOTDIR: "its folder does not exist",
    EISDIR: "it is a folder",
    EACCES: "that is not allowed",
    ENOSPC: "the disk is full",
  };
  return new Refusal(`${file} cannot be written: ${reasons[code] ?? code}.`);
}

/** Throws Refusal when one of the files cannot be written; those that are not there yet are made. */
export async function requireWritable(...files: readonly (string | undefined)[]): Promise<void> {
  for (const file of files) {
    if (file === undefined) continue;
    try {
      await (await open(file, "a")).close();
    } catch (error) {
      throw refusal(file, error);
    }
  }
}

/** Writes a file when one is asked for. Throws Refusal when that fails. */
export async function writeRunFile(file: string | undefined, text: () => string): Promise<void> {
  if (file === undefined) return;
  try {
    await writeFile(file, text());
  } catch (error) {
    throw refusal(file, error);
  }
}
