/** Secrets that must be nowhere, in every encoding in which they might appear. */

/** A text to look for, as bytes. */
export type Needle = Readonly<{
  /** Which secret it is, and its encoding: `NAS of voter 17, base64`. */
  name: string;
  bytes: Buffer;
  /** Found only where neither neighbouring byte satisfies this: nine digits among forty are chance, nine alone are not. */
  aloneAmong?: (byte: number) => boolean;
}>;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHexadecimal = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
export const isAlphanumeric = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** Base64 of a text within a longer one, at each of three alignments, without the characters that depend on its neighbours. */
function base64Within(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString("base64");
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6));
  });
}

/** A text in the encodings that are long enough not to appear by chance. */
function encodings(name: string, text: string): readonly Needle[] {
  const hexadecimal = Buffer.from(text).toString("hex");
  return [
    ...base64Within(text).map((encoded) => ({ name: `${name}, base64`, bytes: Buffer.from(encoded) })),
    { name: `${name}, hexadecimal`, bytes: Buffer.from(hexadecimal) },
    ...(hexadecimal === hexadecimal.toUpperCase()
      ? []
      : [{ name: `${name}, hexadecimal`, bytes: Buffer.from(hexadecimal.toUpperCase()) }]),
    { name: `${name}, UTF-16`, bytes: Buffer.from(text, "utf16le") },
  ];
}

/** A text that is long or odd enough not to appear by chance, by itself and in every encoding. */
export const secretNeedles = (name: string, text: string): readonly Needle[] => [
  { name, bytes: Buffer.from(text), aloneAmong: isAlphanumeric },
  ...encodings(name, text),
];

/** Every encoding of a voter's credentials. */
export function credentialNeedles(
  voter: string,
  { nas, code }: Readonly<{ nas: string; code: string }>,
): readonly Needle[] {
  const groups = [nas.slice(0, 3), nas.slice(3, 6), nas.slice(6)];
  return [
    { name: `NAS of ${voter}`, bytes: Buffer.from(nas), aloneAmong: isHexadecimal },
    { name: `NAS of ${voter}, in groups`, bytes: Buffer.from(groups.join(" ")) },
    { name: `NAS of ${voter}, in groups`, bytes: Buffer.from(groups.join("-")) },
    ...encodings(`NAS of ${voter}`, nas),
    { name: `code of ${voter}`, bytes: Buffer.from(code), aloneAmong: isAlphanumeric },
    { name: `code of ${voter}, lower case`, bytes: Buffer.from(code.toLowerCase()), aloneAmong: isAlphanumeric },
    ...encodings(`code of ${voter}`, code),
    ...["", "|", "#", ":", ","].map((between) => ({
      name: `NAS and code of ${voter}`,
      bytes: Buffer.from(`${nas}${between}${code}`),
    })),
  ];
}

export type Find = Readonly<{ needle: Needle; at: number }>;
/** Finds every needle in a text. */
export type Searcher = (text: Buffer) => readonly Find[];

const PREFIX_BYTES = 4;
const FILTER_BITS = 24;

const filterIndex = (prefix: number): number => Math.imul(prefix, 0x9e3779b1) >>> (32 - FILTER_BITS);

/** Searches for tens of thousands of needles at once: a bitmap of their first bytes says where to look closely. */
export function searcherFor(needles: readonly Needle[]): Searcher {
  const filter = new Uint8Array(2 ** FILTER_BITS);
  const byPrefix = new Map<number, Needle[]>();
  for (const needle of needles) {
    if (needle.bytes.length < PREFIX_BYTES) throw new RangeError(`${needle.name} is too short to look for`);
    const prefix = needle.bytes.readInt32LE(0);
    filter[filterIndex(prefix)] = 1;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  const isAt = (text: Buffer, at: number, { bytes, aloneAmong }: Needle): boolean => {
    const end = at + bytes.length;
    if (end > text.length || text.compare(bytes, 0, bytes.length, at, end) !== 0) return false;
    const isAmong = (index: number): boolean =>
      aloneAmong !== undefined && index >= 0 && index < text.length && aloneAmong(text.readUInt8(index));
    return !isAmong(at - 1) && !isAmong(end);
  };
  return (text) => {
    const found: Find[] = [];
    for (let at = 0; at + PREFIX_BYTES <= text.length; at++) {
      const prefix = text.readInt32LE(at);
      if (filter[filterIndex(prefix)] !== 1) continue;
      for (const needle of byPrefix.get(prefix) ?? []) if (isAt(text, at, needle)) found.push({ needle, at });
    }
    return found;
  };
}

/** Words of this length or more do not appear in random bytes by chance. */
const LONG_WORD = 5;
const DELIMITERS = new Set(Buffer.from(` "'#:;|,=<>(){}[]&`));

/** What may surround a short word that was written on purpose: punctuation, or a one-byte length or type. */
const isDelimiter = (byte: number): boolean => byte <= 0x10 || DELIMITERS.has(byte);

/**
 * Whether a text contains a word. Every few runs, the three letters of `oui` appear among the random bytes of a thousand
 * envelopes, so a short word counts only between delimiters.
 */
export function hasWord(text: Buffer, word: string): boolean {
  const bytes = Buffer.from(word);
  const endsWord = word.length < LONG_WORD ? isDelimiter : (byte: number): boolean => !isAlphanumeric(byte);
  for (let at = text.indexOf(bytes); at !== -1; at = text.indexOf(bytes, at + 1)) {
    const before = at === 0 ? 0 : text.readUInt8(at - 1);
    const after = at + bytes.length >= text.length ? 0 : text.readUInt8(at + bytes.length);
    if (endsWord(before) && endsWord(after)) return true;
  }
  return false;
}
