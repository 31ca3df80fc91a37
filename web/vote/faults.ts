import { faultOf, neededFor } from "#core/credential-fault.ts";
import type { CredentialField } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { faultEn } from "#web/messages/faults-en.ts";
import { faultFr } from "#web/messages/faults-fr.ts";
import "#web/shell/first.ts";

const SAY = { fr: faultFr, en: faultEn } as const;

/** What is missing in a field, or wrong, in words; undefined where it fits. Loaded once somebody makes a mistake. */
export function faultWords(language: Language, field: CredentialField, typed: string): string | undefined {
  const fault = faultOf(field, typed);
  return fault && SAY[language](fault, neededFor(field));
}
