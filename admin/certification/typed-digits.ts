import { Refusal } from "#core/refusal.ts";

/** SHA-256 as people type them. */

const SHA256_DIGITS = 64;
/** As many as some publish; the ballot page shows all. */
const FEWEST_DIGITS = 32;

/** The digits of a SHA-256 as people type it, from its first on. Throws Refusal when they are too few to tell it from others. */
export function digitsOf(typed: string): string {
  const digits = typed.replaceAll(/[\s\p{P}]/gu, "").toLowerCase();
  if (!/^[0-9a-f]*$/.test(digits)) {
    throw new Refusal(
      `The SHA-256 of an opening is hexadecimal: ${typed} is not.`,
      `Le SHA-256 d’un énoncé d’ouverture est hexadécimal\u00a0: ${typed} ne l’est pas.`,
    );
  }
  if (digits.length < FEWEST_DIGITS || digits.length > SHA256_DIGITS) {
    throw new Refusal(
      `The SHA-256 of an opening has ${SHA256_DIGITS} digits, and its first ${FEWEST_DIGITS} will do: ${typed} has ${digits.length}.`,
      `Le SHA-256 d’un énoncé d’ouverture a ${SHA256_DIGITS} chiffres, dont les ${FEWEST_DIGITS} premiers suffisent\u00a0: ${typed} en a ${digits.length}.`,
    );
  }
  return digits;
}

/** A change's SHA-256 as people type it. Throws Refusal when it is none. */
export function sha256OfChange(typed: string): string {
  const digits = typed.replaceAll(/\s/g, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  throw new Refusal(
    `The SHA-256 of a change has 64 hexadecimal digits: ${typed} has not.`,
    `Le SHA-256 d’un changement a 64 chiffres hexadécimaux\u00a0: ${typed} ne les a pas.`,
  );
}
