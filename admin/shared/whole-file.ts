import { open, rename, rm } from "node:fs/promises";
import { Refusal } from "#core/refusal.ts";

/** Text or its bytes; a piece may be overwritten by whoever made it once the next is asked for. */
type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Pieces are gathered up to this size, so that many small ones are few writes. */
const BUFFERED_BYTES = 64 * 1024;

async function writePieces(path: string, pieces: Pieces): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    let gathered = "";
    const flush = async (): Promise<void> => {
      if (gathered !== "") await file.writeFile(gathered);
      gathered = "";
    };
    for await (const piece of pieces) {
      if (typeof piece === "string") {
        gathered += piece;
        if (gathered.length >= BUFFERED_BYTES) await flush();
      } else {
        await flush();
        await file.writeFile(piece);
      }
    }
    await flush();
  } finally {
    await file.close();
  }
}

/**
 * Writes a file as its text comes, at the pace of the disk. It takes its name once it is complete, replacing one that
 * exists, and only its owner may read it. Throws Refusal when it cannot be written; what the text's source throws passes
 * through.
 */
export async function writeWholeFile(path: string, text: Pieces): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await writePieces(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!(error instanceof Error && "syscall" in error && "path" in error && "code" in error)) throw error;
    const missing = error.code === "ENOENT";
    throw new Refusal(`${path}: ${missing ? "there is no such folder" : `cannot be written (${String(error.code)})`}.`);
  }
}
