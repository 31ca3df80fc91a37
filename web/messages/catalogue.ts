import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { en, type Messages } from "#web/messages/en.ts";
import { fr } from "#web/messages/fr.ts";

export const CATALOGUE: Readonly<Record<Language, Messages>> = { fr, en };

const LanguageContext = createContext<Language>("en");
export const LanguageProvider = LanguageContext.Provider;

/** The reader's language. */
export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The site's texts in the reader's language; called `t` everywhere, so that unused messages can be found. */
export function useMessages(): Messages {
  return CATALOGUE[useLanguage()];
}

/** Picks the reader's half of a bilingual text. */
export function useBilingual(): (text: BilingualText) => string {
  const language = useLanguage();
  return (text) => text[language];
}
