import { useEffect, useState } from "preact/hooks";
import type { Language } from "#core/language.ts";
import { loadPart } from "#web/load-part.ts";
import { type Readiness, useLanguage, useMessages, useTexts } from "#web/messages/catalogue.ts";
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
  const own = known.has(wanted) ? { shown: wanted, isFailed: false } : state;
  return { shown: own.shown === wanted ? site.shown : own.shown, isFailed: site.isFailed || own.isFailed };
}

/** @throws Error before they are loaded, when nothing may be shown */
export function useOfficeMessages(): Messages & OfficeWords {
  const messages = useMessages();
  const own = known.get(useLanguage());
  if (own === undefined) throw new Error("no texts to show");
  return { ...messages, ...own };
}
