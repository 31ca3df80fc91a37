import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { readBlocks } from "#admin/spreadsheet/blocks.ts";
import { Refusal } from "#core/refusal.ts";
import { BLOCK_BYTES } from "#spreadsheet/blocks.ts";
import type { SheetRow } from "#spreadsheet/rows.ts";
import { openSheetOf, rowsOfBlocks, type Sheet, type Wanted } from "#spreadsheet/sheet.ts";

/** Sheets in files of this machine. */

/** Tells whether a file changed. */
export type FileState = Readonly<{ bytes: number; modifiedMs: number }>;

/** State of a file. Throws Refusal when there is no such file. */
export async function fileState(file: string): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Refusal(`${file}: there is no such file.`);
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new Refusal(`${file}: this is not a file.`);
  return { bytes: found.size, modifiedMs: found.mtimeMs };
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** As openSheetOf, of a file. Throws Refusal also when there is none. */
export async function openSheet(
  file: string,
  wanted: Wanted,
): Promise<Sheet & Readonly<{ first: readonly SheetRow[] }>> {
  await fileState(file);
  return openSheetOf(basename(file), await firstBytes(file), wanted);
}

/** The rows of a sheet, without its header, in constant memory. Throws Refusal where it is not CSV. */
export function readSheet(file: string, sheet: Sheet): AsyncGenerator<SheetRow> {
  return rowsOfBlocks(basename(file), readBlocks(file, sheet.form), sheet);
}
