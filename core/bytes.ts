/** Byte codecs that Lambda, browser and command line share; each has a round-trip property in test/core/bytes.test.ts. */

const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 base32, upper case, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32_ALPHABET.charAt((pending >> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32_ALPHABET.charAt((pending << (5 - bits)) & 31) : text;
}

/** Reads RFC 4648 base32 without padding; the last byte is filled up with zeros. Undefined for any other character. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 5) / 8));
  for (let index = 0; index < text.length; index++) {
    const value = BASE32_ALPHABET.indexOf(text.charAt(index));
    if (value === -1) return undefined;
    const at = (index * 5) >> 3;
    // Five bits lie in one byte or in two.
    const spread = value << (11 - ((index * 5) & 7));
    bytes[at] = (bytes[at] ?? 0) | (spread >> 8);
    if ((spread & 255) !== 0) bytes[at + 1] = (bytes[at + 1] ?? 0) | (spread & 255);
  }
  return bytes;
}

/** RFC 4648 base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return urlSpelling(btoa(binary));
}

function urlSpelling(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads what toBase64Url writes. Undefined when the text is not canonical base64url: one byte string has one spelling. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  if (urlSpelling(btoa(binary)) !== text) return undefined;
  // By index: every vote passes here, and over an iterator it takes ten times as long.
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
