import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder, unfinishedOf, unwritable } from "#admin/trustees/new-file.ts";

/** A large file that is written piece by piece, at places known beforehand, and has its name only once it is whole. */

export type BinaryFile = Readonly<{
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Syncs and names it, in place of one by a run that was killed. Gives its SHA-256 in hexadecimal. */
  finish(): Promise<string>;
  /** Leaves nothing; call it however the work ends. */
  close(): Promise<void>;
}>;

/** SHA-256 of a file in hexadecimal. Rejects when it cannot be read. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

async function opened(path: string) {
  try {
    return await open(path, "w+");
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Begins the file. Throws Refusal when it cannot be written. */
export async function newBinaryFile(path: string): Promise<BinaryFile> {
  const unfinished = unfinishedOf(path);
  const file = await opened(unfinished);
  let isNamed = false;
  return {
    async write(bytes, at) {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
        written += bytesWritten;
      }
    },
    async finish() {
      await file.sync();
      const sha256 = await fileSha256(unfinished);
      await rename(unfinished, path);
      isNamed = true;
      await syncFolder(dirname(path));
      return sha256;
    },
    async close() {
      await file.close();
      if (!isNamed) await rm(unfinished, { force: true });
    },
  };
}
