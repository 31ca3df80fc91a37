import { asUtf8, BLOCK_BYTES, blocksOf } from "#spreadsheet/blocks.ts";
import type { SheetForm } from "#spreadsheet/form.ts";
import type { SheetRow } from "#spreadsheet/rows.ts";
import { openSheetOf, rowsOfBlocks, type Sheet, type Wanted } from "#spreadsheet/sheet.ts";

/** A sheet, wherever its bytes are: on this machine, in a browser that was given the file, or in memory. */
export type SheetSource = Readonly<{
  /** As it is told; without folders. */
  name: string;
  bytes: number;
  /** From a byte on, in small pieces; as often as is asked for. */
  read(fromByte?: number): AsyncIterable<Uint8Array>;
}>;

export function blobSource(name: string, blob: Blob): SheetSource {
  return {
    name,
    bytes: blob.size,
    // Not every browser can iterate over a blob's stream.
    async *read(fromByte = 0) {
      for (let from = fromByte; from < blob.size; from += BLOCK_BYTES) {
        yield new Uint8Array(await blob.slice(from, from + BLOCK_BYTES).arrayBuffer());
      }
    },
  };
}

/** Cuts a sheet into blocks of whole rows. `fromByte` is the end of an earlier block, in bytes of its text as UTF-8. */
export function readBlocks(source: SheetSource, form: SheetForm, fromByte = 0): AsyncGenerator<Uint8Array> {
  // Of another encoding, what is before the place has to be decoded too.
  const utf8 = form.encoding === "utf-8" ? source.read(fromByte) : asUtf8(source.read(), form, fromByte);
  return blocksOf(utf8, form);
}

async function firstBytes(source: SheetSource): Promise<Uint8Array> {
  for await (const bytes of source.read()) return bytes;
  return new Uint8Array();
}

/** As openSheetOf. */
export async function openSource(
  source: SheetSource,
  wanted: Wanted,
): Promise<Sheet & Readonly<{ first: readonly SheetRow[] }>> {
  return openSheetOf(source.name, await firstBytes(source), wanted);
}

/** The rows of a sheet, without its header, in constant memory. Throws Refusal where it is not CSV. */
export const readRows = (source: SheetSource, sheet: Sheet): AsyncGenerator<SheetRow> =>
  rowsOfBlocks(source.name, readBlocks(source, sheet.form), sheet);
