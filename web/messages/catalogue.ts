import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import type { Messages } from "#web/messages/en.ts";
import { preload } from "#web/preload.ts";

/** One file per language; a reader loads one. */

const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  fr: async () => (await import("#web/messages/fr.ts")).fr,
  en: async () => (await import("#web/messages/en.ts")).en,
};

const loaded = new Map<Language, Messages>();

async function load(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  preload(language);
  loaded.set(language, await LOADERS[language]());
}

/** Loading of a language: what can be shown meanwhile, and whether it failed. */
export type Readiness = Readonly<{ shown: Language | undefined; isFailed: boolean }>;

/** Loads the texts of a language; until they are there, the page stays in the last one. */
export function useTexts(wanted: Language): Readiness {
  const [state, setState] = useState<Readiness>({ shown: undefined, isFailed: false });
  useEffect(() => {
    let isWanted = true;
    load(wanted).then(
      () => isWanted && setState({ shown: wanted, isFailed: false }),
      () => isWanted && setState(({ shown }) => ({ shown, isFailed: true })),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return loaded.has(wanted) ? { shown: wanted, isFailed: false } : state;
}

const LanguageContext = createContext<Language>("en");
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/**
 * The site's texts in the reader's language; called `t` everywhere, so that unused messages can be found.
 * @throws Error before they are loaded, when nothing may be shown
 */
export function useMessages(): Messages {
  const messages = loaded.get(useLanguage());
  if (messages === undefined) throw new Error("no texts to show");
  return messages;
}

/** Picks the reader's half of a bilingual text. */
export function useBilingual(): (text: BilingualText) => string {
  const language = useLanguage();
  return (text) => text[language];
}
