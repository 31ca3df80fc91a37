import type { BilingualText } from "#core/election.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";

/** Whom a voter of an election calls, to stand after "call" in a sentence. */
export function useContact(definition: Readonly<{ contact?: BilingualText | undefined }> | undefined): string {
  const t = useMessages();
  const language = useLanguage();
  return definition?.contact?.[language] ?? t.office;
}
