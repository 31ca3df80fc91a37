import { base32nopad, base64urlnopad } from "@scure/base";

/** Byte codecs that functions, browser and command line share. Round-trip properties in test/core/bytes.test.ts. */

/** What a codec reads; undefined where it throws, as it does for every text that is not what it would write. */
function decoded(codec: typeof base32nopad, text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(codec.decode(text));
  } catch {
    return undefined;
  }
}

/** RFC 4648 base32, upper case, without padding. */
export const toBase32 = (bytes: Uint8Array): string => base32nopad.encode(bytes);

const BASE32_GROUP = 8;

/** Reads RFC 4648 base32 without padding; the last byte is filled up with zeros. Undefined for any other character. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const zeros = "A".repeat(-text.length & (BASE32_GROUP - 1));
  return decoded(base32nopad, text + zeros)?.slice(0, Math.ceil((text.length * 5) / 8));
}

/** RFC 4648 base64url without padding. */
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Reads what toBase64Url writes. Undefined when the text is not canonical base64url: one byte string has one spelling. */
export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> | undefined => decoded(base64urlnopad, text);
