import type { Language } from "#core/language.ts";
import { loadPart } from "#web/load-part.ts";
import { type Readiness, useLanguage, useLoaded, useMessages, useTexts } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import type { OfficeWords } from "#web/office/messages/office-words-en.ts";

/** The words of the console, beside those of the site, whose parts it shows. One language comes with the script. */

const ALL: Readonly<Record<Language, () => Promise<Readonly<{ words: OfficeWords }>>>> = {
  fr: () => import("#web/office/messages/office-words-fr.ts"),
  en: () => import("#web/office/messages/office-words-en.ts"),
};

const known = new Map<Language, OfficeWords>();

export function knowOfficeWords(language: Language, words: OfficeWords): void {
  known.set(language, words);
}

async function load(language: Language): Promise<void> {
  if (!known.has(language)) {
    const { words } = await loadPart(`office-words-${language}`, ALL[language]);
    knowOfficeWords(language, words);
  }
}

/** As useTexts, with the console's words too. */
export function useOfficeTexts(wanted: Language): Readiness {
  const site = useTexts(wanted);
  const own = useLoaded(wanted, known.has(wanted), load);
  return { shown: own.shown === wanted ? site.shown : own.shown, isFailed: site.isFailed || own.isFailed };
}

/** @throws Error before they are loaded, when nothing may be shown */
export function useOfficeMessages(): Messages & OfficeWords {
  const messages = useMessages();
  const own = known.get(useLanguage());
  if (own === undefined) throw new Error("no texts to show");
  return { ...messages, ...own };
}
