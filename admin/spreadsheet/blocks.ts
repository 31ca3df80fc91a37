import { createReadStream } from "node:fs";
import type { SheetForm } from "#admin/spreadsheet/form.ts";

/** A file of rows in blocks of whole rows, as UTF-8 with line feeds, in constant memory. */

export const BLOCK_BYTES = 16 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTATION_MARK = 34;

/** The end of the last whole row in bytes that begin with one, or 0. Quoted line breaks end no row. */
export function endOfRows(bytes: Buffer): number {
  let end = 0;
  for (let from = 0; ; ) {
    const opening = bytes.indexOf(QUOTATION_MARK, from);
    const until = opening === -1 ? bytes.length : opening;
    const lineBreak = until === from ? -1 : bytes.lastIndexOf(LINE_FEED, until - 1);
    if (lineBreak >= from) end = lineBreak + 1;
    const closing = opening === -1 ? -1 : bytes.indexOf(QUOTATION_MARK, opening + 1);
    if (closing === -1) return end;
    from = closing + 1;
  }
}

function withLineFeeds(bytes: Buffer, { hasBareReturns }: SheetForm): Buffer {
  if (!hasBareReturns) return bytes;
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at !== -1; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) {
    bytes[at] = LINE_FEED;
  }
  return bytes;
}

/** The first bytes of a file, as its blocks have them: whole rows, unless they are the whole file. */
export function startOf(bytes: Uint8Array, form: SheetForm): Buffer {
  const text = new TextDecoder(form.encoding).decode(bytes, { stream: true });
  const start = withLineFeeds(Buffer.from(text), form);
  return bytes.length < BLOCK_BYTES ? start : start.subarray(0, endOfRows(start) || start.length);
}

/** Bytes as UTF-8, from a place in them on. */
async function* utf8Of(file: string, form: SheetForm, fromByte: number): AsyncGenerator<Buffer> {
  const { encoding } = form;
  if (encoding === "utf-8") {
    yield* createReadStream(file, { start: fromByte, highWaterMark: BLOCK_BYTES });
    return;
  }
  // The place is one of the decoded bytes, so what is before it has to be decoded too.
  let toSkip = fromByte;
  const decoder = new TextDecoder(encoding);
  const decode = (bytes?: Buffer): Buffer => {
    const decoded = Buffer.from(decoder.decode(bytes, { stream: bytes !== undefined }));
    const skipped = Math.min(toSkip, decoded.length);
    toSkip -= skipped;
    return decoded.subarray(skipped);
  };
  for await (const bytes of createReadStream(file, { highWaterMark: BLOCK_BYTES })) yield decode(bytes);
  yield decode();
}

/** Cuts a file into blocks of whole rows. `fromByte` is the end of an earlier block. */
export async function* readBlocks(file: string, form: SheetForm, fromByte = 0): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const bytes of utf8Of(file, form, fromByte)) {
    pending = Buffer.concat([pending, withLineFeeds(bytes, form)]);
    // No row is that long: let the check say so.
    const end = endOfRows(pending) || (pending.length > 2 * BLOCK_BYTES ? pending.length : 0);
    if (end === 0) continue;
    yield pending.subarray(0, end);
    pending = pending.subarray(end);
  }
  if (pending.length > 0) yield pending;
}
