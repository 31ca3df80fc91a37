import type { CredentialField, ElectionDefinition } from "#core/election.ts";
import { foldCode, isCheckedCode } from "#core/voting-code.ts";

/** What the voter typed, by credential field name; lives in memory only. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * One spelling per credential: compatibility forms folded (NFKC), white space and dashes of every kind removed, upper case.
 * The roll import and the vote both go through here, so "123 456-789" and "123456789" are one voter.
 */
export function normaliseCredential(typed: string): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[\s\p{Pd}]/gu, "")
    .toUpperCase();
}

export type CredentialCheck =
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly fields: readonly string[] };

function normalised({ hasCheckCharacter }: CredentialField, typed: string): string {
  return hasCheckCharacter === true ? foldCode(typed) : normaliseCredential(typed);
}

function fits({ pattern, hasCheckCharacter }: CredentialField, value: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(value) && (hasCheckCharacter !== true || isCheckedCode(value));
}

/** Normalised values in the order of the definition's fields, or the names of the fields that do not fit their rules. */
export function checkCredentials(definition: ElectionDefinition, typed: Credentials): CredentialCheck {
  const values = definition.credentialFields.map((field) => normalised(field, typed[field.name] ?? ""));
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
 * What is hashed with the election's pepper (HMAC-SHA-256) to give the voter's hash: `nas|code|electionId`.
 * Patterns admit letters and digits only, so the separator cannot be forged.
 */
export function hashInput(values: readonly string[], electionId: string): string {
  return [...values, electionId].join("|");
}
