import { open, rename, rm } from "node:fs/promises";
import { Refusal } from "#core/refusal.ts";

/** Each piece is valid until the next is asked for. */
type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Small pieces are joined up to this size. */
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
 * Writes a file piece by piece, readable by its owner only; it takes its name, replacing another, once complete. Throws
 * Refusal when it cannot be written, and whatever the source of the text throws.
 */
export async function writeWholeFile(path: string, text: Pieces): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await writePieces(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!(error instanceof Error && "syscall" in error && "path" in error && "code" in error)) throw error;
    if (error.code === "ENOENT") {
      throw new Refusal(`${path}: there is no such folder.`, `${path}\u00a0: ce dossier n’existe pas.`);
    }
    const code = String(error.code);
    throw new Refusal(
      `${path}: cannot be written (${code}).`,
      `${path}\u00a0: ce fichier ne peut être écrit (${code}).`,
    );
  }
}
