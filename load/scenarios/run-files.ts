import { open, writeFile } from "node:fs/promises";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** A run's output files, checked before the run so that none is lost after it. */

async function orRefuse(file: string, writing: () => Promise<void>): Promise<void> {
  await writing().catch((error: unknown) => {
    const [reason] = String(error instanceof Error ? error.message : error).split(", ");
    throw new EnglishRefusal(`${file} cannot be written: ${reason}.`);
  });
}

/** Throws Refusal when one of the files cannot be written; creates those that do not exist. */
export async function requireWritable(...files: readonly (string | undefined)[]): Promise<void> {
  for (const file of files) {
    if (file !== undefined) await orRefuse(file, async () => (await open(file, "a")).close());
  }
}

export async function writeRunFile(file: string | undefined, text: () => string): Promise<void> {
  if (file !== undefined) await orRefuse(file, () => writeFile(file, text()));
}
