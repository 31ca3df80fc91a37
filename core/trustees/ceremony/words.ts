import { scrypt } from "@noble/hashes/scrypt.js";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as french } from "@scure/bip39/wordlists/french.js";
import type { Language } from "#core/language.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/**
 * A digest as six words that people read aloud: the same 66 bits in English and in French, by the word lists of BIP 39, of which no two words
 * begin with the same four letters. Only the words are BIP 39's: there is no check word.
 *
 * The bits are scrypt's (RFC 7914; N = 2^14, r = 8, p = 1), so that each attempt at another record with the same words takes some 50 ms and
 * 16 MiB: 66 bits of a plain hash could be found in days by somebody with thousands of machines.
 */

const WORDS = 6;
const BITS_OF_WORD = 11;
const SLOW = { N: 2 ** 14, r: 8, p: 1, dkLen: 9 };

const LISTS = { en: english, fr: french } as const;

/** What is said in words. */
export type Worded = "ceremony" | "trustee" | "roll";

/** The first 66 bits, as six numbers below 2,048. */
function numbersIn(bytes: Uint8Array): readonly number[] {
  const bits =
    bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> BigInt(bytes.length * 8 - WORDS * BITS_OF_WORD);
  return Array.from({ length: WORDS }, (_, place) =>
    Number((bits >> BigInt((WORDS - 1 - place) * BITS_OF_WORD)) & 0x7ffn),
  );
}

/** Six words of each language, parted by spaces. */
export function wordsOf(what: Worded, digest: Uint8Array): Readonly<Record<Language, string>> {
  const salt = new TextEncoder().encode(`scrutin/v2/words|${what}`);
  const numbers = numbersIn(scrypt(digest, salt, SLOW));
  const said = (language: Language): string =>
    // BIP 39 has accents apart from their letters.
    numbers.map((number) => itemAt(LISTS[language], number).normalize("NFC")).join(" ");
  return { en: said("en"), fr: said("fr") };
}
