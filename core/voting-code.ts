/**
 * The codes on voters' cards: ten random characters, and one that checks them, so that a slip is noticed before it is sent and
 * counts as a guess. 29^10 codes: 48 bits.
 */

/** Without 0 and O, 1, I and L, U and V, which are taken for one another. */
export const CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ";
export const RANDOM_CHARACTERS = 10;

/** What a checked code is matched against once it is normalised. */
export const CHECKED_CODE_PATTERN = "[2-9A-HJKMNP-TW-Z]{11}";

/** Of the codes that make a voter's key (core/trustees/card-key.ts), which whoever has the roll may try: 29^12, 58 bits. */
export const CARD_RANDOM_CHARACTERS = 12;
export const CARD_CODE_PATTERN = "[2-9A-HJKMNP-TW-Z]{13}";

/** The weighted sum of the characters' places in the alphabet. It has 29, a prime, so one wrong or two exchanged change the sum. */
export function checkCharacterOf(characters: string): string {
  let sum = 0;
  for (let place = 0; place < characters.length; place++) {
    sum += (place + 1) * CODE_ALPHABET.indexOf(characters.charAt(place));
  }
  return CODE_ALPHABET.charAt(sum % CODE_ALPHABET.length);
}

/** Whether a normalised code ends in the character that checks it. */
export function isCheckedCode(code: string): boolean {
  return code.endsWith(checkCharacterOf(code.slice(0, -1)));
}
