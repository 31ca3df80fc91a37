import { faultOf, neededFor } from "#core/credential-fault.ts";
import type { CredentialField } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { faultEn } from "#web/messages/faults-en.ts";
import { faultFr } from "#web/messages/faults-fr.ts";

const SAY = { fr: faultFr, en: faultEn } as const;

/** What is missing in a field that does not fit, or wrong, in words. Loaded with the first mistake. @param value normalised */
export function faultWords(language: Language, field: CredentialField, value: string): string {
  return SAY[language](faultOf(field, value), neededFor(field));
}
