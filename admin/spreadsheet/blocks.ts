import { createReadStream } from "node:fs";
import { asUtf8, BLOCK_BYTES, blocksOf } from "#spreadsheet/blocks.ts";
import type { SheetForm } from "#spreadsheet/form.ts";

/** Cuts a file into blocks of whole rows. `fromByte` is the end of an earlier block, in bytes of its text as UTF-8. */
export function readBlocks(file: string, form: SheetForm, fromByte = 0): AsyncGenerator<Uint8Array> {
  // Of another encoding, what is before the place has to be decoded too.
  const start = form.encoding === "utf-8" ? fromByte : 0;
  const chunks: AsyncIterable<Uint8Array> = createReadStream(file, { start, highWaterMark: BLOCK_BYTES });
  return blocksOf(form.encoding === "utf-8" ? chunks : asUtf8(chunks, form, fromByte), form);
}
