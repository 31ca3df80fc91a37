import type { ImportJournal, ImportPosition } from "#admin/roll/import-journal.ts";
import { readPosition, writePosition } from "#admin/roll/import-journal.ts";
import type { CheckedRow, GoodRow } from "#admin/roll/rows.ts";
import type { FilePlace, RollBlock, RollSource } from "#admin/roll/source.ts";
import { Refusal } from "#core/refusal.ts";
import type { RollUploads, StoredRow, Upload } from "#storage/roll-uploads.ts";

/** A file that the console sent up, as an import reads it: its rows are hashed already. */

export function storedRow(row: CheckedRow): StoredRow {
  if ("problem" in row) return [row.line, row.problem.en, row.problem.fr];
  return [row.line, row.hash, row.identity, row.regionId];
}

function rowOf(stored: StoredRow): CheckedRow {
  if (stored.length === 3) {
    const [line, en, fr] = stored;
    return { line, problem: { en, fr } };
  }
  const [line, hash, identity, regionId] = stored;
  return { line, hash, identity, regionId } satisfies GoodRow;
}

/** Throws Refusal when a block is missing. */
export function requireWhole({ blocks, done }: Upload): void {
  const missing = Array.from({ length: blocks }, (_, block) => block).filter((block) => !done.has(block));
  if (missing.length === 0) return;
  throw new Refusal(
    `${missing.length} of ${blocks} blocks of the file have not come up yet: choose the file again, and the upload goes on.`,
    `${missing.length} des ${blocks} blocs du fichier ne sont pas encore montés\u00a0: choisissez de nouveau le fichier, et l’envoi reprend.`,
  );
}

export function uploadedRoll(uploads: RollUploads, electionId: string, uploadId: string, upload: Upload): RollSource {
  /** A place is a block: so many are done. */
  async function* blocks(_: Uint8Array, from: FilePlace = { bytes: 0, lines: 0 }): AsyncGenerator<RollBlock> {
    let done = from.bytes;
    for await (const stored of uploads.readBlocks(electionId, uploadId, done)) {
      done++;
      const rows = stored.map(rowOf);
      yield { rows, end: { bytes: done, lines: rows.at(-1)?.line ?? 0 }, threads: 1 };
    }
  }
  const journal = (skipBad: boolean): ImportJournal => ({
    read: async (): Promise<ImportPosition | undefined> =>
      upload.position === undefined ? undefined : readPosition(upload.position, `skip bad: ${skipBad}`),
    note: (position) => uploads.notePosition(electionId, uploadId, writePosition(position, `skip bad: ${skipBad}`)),
    clear: () => uploads.remove(electionId, uploadId, upload),
  });
  return {
    ...{ name: upload.name, bytes: upload.bytes },
    sha256: async () => upload.sha256,
    open: async () => ({ first: [], blocks }),
    journal: (_, { skipBad }) => journal(skipBad),
    async requireUnchanged() {},
  };
}
