import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Refusal } from "#functions/shared/refusal.ts";

/**
 * Writes a file as its text comes, at the pace of the disk. It takes its name once it is complete, replacing one that
 * exists, and only its owner may read it. Throws Refusal when it cannot be written; what the text's source throws passes
 * through.
 */
export async function writeWholeFile(path: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!(error instanceof Error && "syscall" in error && "path" in error && "code" in error)) throw error;
    const missing = error.code === "ENOENT";
    throw new Refusal(`${path}: ${missing ? "there is no such folder" : `cannot be written (${String(error.code)})`}.`);
  }
}
