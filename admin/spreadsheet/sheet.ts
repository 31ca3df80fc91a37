import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Refusal } from "#core/refusal.ts";
import { BLOCK_BYTES } from "#spreadsheet/blocks.ts";
import type { SheetRow } from "#spreadsheet/rows.ts";
import type { Sheet, Wanted } from "#spreadsheet/sheet.ts";
import { openSource, readRows, type SheetSource } from "#spreadsheet/source.ts";

/** Sheets in files of this machine. */

/** Tells whether a file changed. */
export type FileState = Readonly<{ bytes: number; modifiedMs: number }>;

/** State of a file. Throws Refusal when there is no such file. */
export async function fileState(file: string): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined)
    throw new Refusal(`${file}: there is no such file.`, `${file}\u00a0: ce fichier n’existe pas.`);
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new Refusal(`${file}: this is not a file.`, `${file}\u00a0: ce n’est pas un fichier.`);
  return { bytes: found.size, modifiedMs: found.mtimeMs };
}

/** Throws Refusal when there is no such file. */
export async function fileSource(file: string): Promise<SheetSource> {
  const { bytes } = await fileState(file);
  return {
    name: basename(file),
    bytes,
    read: (start = 0) => createReadStream(file, { start, highWaterMark: BLOCK_BYTES }),
  };
}

/** As openSheetOf, of a file. Throws Refusal also when there is none. */
export const openSheet = async (
  file: string,
  wanted: Wanted,
): Promise<Sheet & Readonly<{ first: readonly SheetRow[] }>> => openSource(await fileSource(file), wanted);

/** The rows of a sheet, without its header, in constant memory. Throws Refusal where it is not CSV. */
export async function* readSheet(file: string, sheet: Sheet): AsyncGenerator<SheetRow> {
  yield* readRows(await fileSource(file), sheet);
}
