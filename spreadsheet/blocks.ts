import type { SheetForm } from "#spreadsheet/form.ts";

/** A file of rows in blocks of whole rows, as UTF-8 with line feeds, in constant memory. */

export const BLOCK_BYTES = 16 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTATION_MARK = 34;

/** The end of the last whole row in bytes that begin with one, or 0. Quoted line breaks end no row. */
export function endOfRows(bytes: Uint8Array): number {
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

function withLineFeeds(bytes: Uint8Array, { hasBareReturns }: SheetForm): Uint8Array {
  return hasBareReturns ? bytes.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte)) : bytes;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** The first bytes of a file, as its blocks have them: whole rows, unless they are the whole file. */
export function startOf(bytes: Uint8Array, form: SheetForm): Uint8Array {
  const text = new TextDecoder(form.encoding).decode(bytes, { stream: true });
  const start = withLineFeeds(new TextEncoder().encode(text), form);
  return bytes.length < BLOCK_BYTES ? start : start.subarray(0, endOfRows(start) || start.length);
}

/** Bytes of any encoding as UTF-8. @param skipBytes how many of the decoded bytes are left out at the start */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  { encoding }: SheetForm,
  skipBytes = 0,
): AsyncGenerator<Uint8Array> {
  let toSkip = skipBytes;
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  const decode = (bytes?: Uint8Array): Uint8Array => {
    const decoded = encoder.encode(decoder.decode(bytes, { stream: bytes !== undefined }));
    const skipped = Math.min(toSkip, decoded.length);
    toSkip -= skipped;
    return decoded.subarray(skipped);
  };
  for await (const bytes of chunks) yield decode(bytes);
  yield decode();
}

/** Cuts bytes of UTF-8 into blocks of whole rows. */
export async function* blocksOf(utf8: AsyncIterable<Uint8Array>, form: SheetForm): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array = new Uint8Array();
  for await (const bytes of utf8) {
    pending = joined(pending, withLineFeeds(bytes, form));
    // No row is that long: let the check say so.
    const end = endOfRows(pending) || (pending.length > 2 * BLOCK_BYTES ? pending.length : 0);
    if (end === 0) continue;
    yield pending.subarray(0, end);
    pending = pending.subarray(end);
  }
  if (pending.length > 0) yield pending;
}
