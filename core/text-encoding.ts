/** How a text file is encoded. Spreadsheets and editors write four encodings, and not all of them say which. */

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}

/** By the byte order mark, else by the bytes: what is neither UTF-16 nor UTF-8 is taken for Windows-1252. `start` may end within a character. */
export function encodingOf(start: Uint8Array): TextEncoding {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: the first character is ASCII, and half of it is zero.
  if (second === 0) return "utf-16le";
  if (first === 0) return "utf-16be";
  return isUtf8(start, false) ? "utf-8" : "windows-1252";
}

/** The first line, from 1, that is not UTF-8. */
export function lineOutsideUtf8(bytes: Uint8Array): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const until = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, until), true)) break;
    from = until + 1;
  }
  return line;
}
