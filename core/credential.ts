import type { CredentialField, ElectionDefinition } from "#core/election.ts";
import { isCheckedCode } from "#core/voting-code.ts";

/** What the voter typed, by credential field name; lives in memory only. */
export type Credentials = Readonly<Record<string, string>>;

/** A digit of any script as 0 to 9: in every script the ten follow one another. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return `${(code - zero) % 10}`;
}

/**
 * One spelling per credential: letters and digits only, without accents, in upper case, digits of every script as 0 to 9.
 * Invisible characters, spaces, dashes and punctuation go. The roll import and the vote both go through here, so "123 456-789" and
 * "123456789" are one voter.
 */
export function normaliseCredential(typed: string): string {
  // Millions of rows are in this form already.
  if (/^[A-Z0-9]*$/.test(typed)) return typed;
  return typed
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .toUpperCase();
}

export type CredentialCheck =
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly fields: readonly string[] };

/** Whether a normalised value fits its field. */
export function fits({ pattern, hasCheckCharacter }: CredentialField, value: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(value) && (hasCheckCharacter !== true || isCheckedCode(value));
}

/** Normalised values in the order of the definition's fields, or the names of the fields that do not fit their rules. */
export function checkCredentials(definition: ElectionDefinition, typed: Credentials): CredentialCheck {
  const values = definition.credentialFields.map(({ name }) => normaliseCredential(typed[name] ?? ""));
  const fields = definition.credentialFields
    .filter((field, index) => !fits(field, values[index] ?? ""))
    .map(({ name }) => name);
  return fields.length === 0 ? { ok: true, values } : { ok: false, fields };
}

/**
 * The credentials that identify a voter and that others may know: all but the last field, which is the secret. Empty when
 * there is only one field.
 */
export function identityValues(values: readonly string[]): readonly string[] {
  return values.slice(0, -1);
}

/**
 * Those of the credentials, or of their fields, that say who a row of the roll is: one person has one. All but the last; where there
 * is only one, which is all secret, it is that one.
 */
export function rollIdentity<T>(credentials: readonly T[]): readonly T[] {
  return credentials.length === 1 ? credentials : credentials.slice(0, -1);
}

/**
 * What is hashed with the election's pepper (HMAC-SHA-256) to give the voter's hash: `nas|code|electionId`.
 * Patterns admit letters and digits only, so the separator cannot be forged.
 */
export function hashInput(values: readonly string[], electionId: string): string {
  return [...values, electionId].join("|");
}
