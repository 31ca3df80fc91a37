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

/** What identifies a voter on the roll: a field that voters type, or the claim of whoever signs them in. */
export type RollField = CredentialField & Readonly<{ isClaim?: true }>;

const LONGEST_CLAIM = 200;

/** The fields of an election's roll. */
export function rollFields({ credentialFields, identity }: Pick<ElectionDefinition, "credentialFields" | "identity">) {
  if (identity === undefined) return credentialFields as readonly RollField[];
  const { claim } = identity;
  const label = { fr: claim, en: claim };
  const field: RollField = {
    ...{ name: claim, label, inputMode: "text", isClaim: true },
    pattern: String.raw`[^\p{Cc}]{1,${LONGEST_CLAIM}}`,
  };
  return [field];
}

/**
 * What is hashed of a value. A claim keeps its spelling, since a provider may have two people whose names differ in a sign or in case;
 * one spelling of Unicode, and no spaces around it.
 */
export function normaliseFor({ isClaim }: RollField, value: string): string {
  return isClaim === true ? value.normalize("NFC").trim() : normaliseCredential(value);
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

type Marked = Pick<CredentialField, "identity">;

/** By place, whether a field says who somebody is: those that are marked, otherwise all but the last. */
function areIdentity(fields: readonly Marked[]): readonly boolean[] {
  const isMarked = fields.some(({ identity }) => identity === true);
  return fields.map(({ identity }, place) => (isMarked ? identity === true : place < fields.length - 1));
}

/**
 * Those of the credentials, or of their fields, that identify a voter and that others may know. Empty where there is only one field,
 * which is the secret.
 */
export function identityAmong<T>(fields: readonly Marked[], credentials: readonly T[]): readonly T[] {
  const isIdentity = areIdentity(fields);
  return credentials.filter((_, place) => isIdentity[place]);
}

/** The others, which are secret. */
export function secretsAmong<T>(fields: readonly Marked[], credentials: readonly T[]): readonly T[] {
  const isIdentity = areIdentity(fields);
  return credentials.filter((_, place) => !isIdentity[place]);
}

/** Those that say who a row of the roll is, one person by one: the identity, or the only credential, which is all secret. */
export function rollIdentity<T>(fields: readonly Marked[], credentials: readonly T[]): readonly T[] {
  return fields.length === 1 ? credentials : identityAmong(fields, credentials);
}

/** All credentials of a person, in the order of the fields. @param identity as rollIdentity gives it @param code their only secret */
export function withCode(fields: readonly Marked[], identity: readonly string[], code: string): readonly string[] {
  const known = fields.length === 1 ? [] : [...identity];
  return areIdentity(fields).map((isIdentity) => (isIdentity ? (known.shift() ?? "") : code));
}

/**
 * The values that make a voter's hash. Who signs in has no code that could be changed, so the region is hashed with the claim:
 * whoever moves gets another hash, as with a new code, and a ballot under way for the old region meets the mark of the move.
 */
export function hashedValues(
  { identity }: Pick<ElectionDefinition, "identity">,
  values: readonly string[],
  regionId: string,
): readonly string[] {
  // No normalised credential, and no other hash with the pepper, begins like this.
  return identity === undefined ? values : [`=${values.join("|")}`, regionId];
}

/**
 * What is hashed with the election's pepper (HMAC-SHA-256) to give the voter's hash: `nas|code|electionId`, and where voters sign in
 * `=claim|regionId|electionId`. Patterns and ids admit letters and digits only, so the separator cannot be forged.
 */
export function hashInput(values: readonly string[], electionId: string): string {
  return [...values, electionId].join("|");
}
