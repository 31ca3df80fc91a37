import { open, rename, rm } from "node:fs/promises";
import { requireAbsent } from "#admin/trustees/new-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** A file that grows piece by piece, and takes its name once it is whole and on the disk; readable by its owner only. */
export type UnfinishedFile = Readonly<{
  write(text: string): Promise<void>;
  /** Everything is on the disk, and no name is taken yet. */
  complete(): Promise<void>;
  /** Takes its name. */
  name(): Promise<void>;
  /** Gives up; nothing of it is left. */
  discard(): Promise<void>;
}>;

const BUFFERED_CHARACTERS = 64 * 1024;

/** Throws Refusal when there is such a file already, or it cannot be written. */
export async function openUnfinished(path: string): Promise<UnfinishedFile> {
  await requireAbsent(path);
  const unfinished = `${path}.unfinished`;
  // What a run that was killed left behind. None of its codes is on any roll.
  await rm(unfinished, { force: true });
  const file = await open(unfinished, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new EnglishRefusal(
      error.code === "ENOENT" ? `${path}: there is no such folder.` : `${path}: cannot be written (${error.code}).`,
    );
  });
  let gathered = "";
  const flush = async (): Promise<void> => {
    const text = gathered;
    gathered = "";
    if (text !== "") await file.writeFile(text);
  };
  return {
    async write(text) {
      gathered += text;
      if (gathered.length >= BUFFERED_CHARACTERS) await flush();
    },
    async complete() {
      await flush();
      await file.sync();
      await file.close();
    },
    async name() {
      await requireAbsent(path);
      await rename(unfinished, path);
    },
    async discard() {
      await file.close().catch(() => undefined);
      await rm(unfinished, { force: true });
    },
  };
}
