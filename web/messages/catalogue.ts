import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import type { CheckMessages } from "#web/messages/check-en.ts";
import type { Messages } from "#web/messages/en.ts";
import type { HomeMessages } from "#web/messages/home-en.ts";
import type { MonitorMessages } from "#web/messages/monitor-en.ts";
import type { PaperMessages } from "#web/messages/paper-en.ts";
import type { ResultsMessages } from "#web/messages/results-en.ts";
import { preload } from "#web/preload.ts";

/** One file per language, and one more for each page with many words of its own; a reader loads what the page needs. */

const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  fr: async () => (await import("#web/messages/fr.ts")).fr,
  en: async () => (await import("#web/messages/en.ts")).en,
};

type WordsOf = Readonly<{
  check: CheckMessages;
  home: HomeMessages;
  monitor: MonitorMessages;
  paper: PaperMessages;
  results: ResultsMessages;
}>;
export type WordyPage = keyof WordsOf;

const WORDS: { readonly [Page in WordyPage]: Readonly<Record<Language, () => Promise<WordsOf[Page]>>> } = {
  check: {
    fr: async () => (await import("#web/messages/check-fr.ts")).checkFr,
    en: async () => (await import("#web/messages/check-en.ts")).checkEn,
  },
  home: {
    fr: async () => (await import("#web/messages/home-fr.ts")).homeFr,
    en: async () => (await import("#web/messages/home-en.ts")).homeEn,
  },
  monitor: {
    fr: async () => (await import("#web/messages/monitor-fr.ts")).monitorFr,
    en: async () => (await import("#web/messages/monitor-en.ts")).monitorEn,
  },
  paper: {
    fr: async () => (await import("#web/messages/paper-fr.ts")).paperFr,
    en: async () => (await import("#web/messages/paper-en.ts")).paperEn,
  },
  results: {
    fr: async () => (await import("#web/messages/results-fr.ts")).resultsFr,
    en: async () => (await import("#web/messages/results-en.ts")).resultsEn,
  },
};
const WORDY_PAGES = ["check", "home", "monitor", "paper", "results"] as const satisfies readonly WordyPage[];

const loaded = new Map<Language, Messages>();
const words: { readonly [Page in WordyPage]: Map<Language, WordsOf[Page]> } = {
  check: new Map(),
  home: new Map(),
  monitor: new Map(),
  paper: new Map(),
  results: new Map(),
};

export const hasWords = (page: WordyPage, language: Language): boolean => words[page].has(language);

/** Loads the words of a page in a language. */
export async function loadWords<Page extends WordyPage>(page: Page, language: Language): Promise<void> {
  if (hasWords(page, language)) return;
  preload(`${page}-${language}`);
  words[page].set(language, await WORDS[page][language]());
}

async function load(language: Language): Promise<void> {
  if (!loaded.has(language)) preload(language);
  // Of pages that were open in the other language, too: a reader who changes it stays on the page.
  const open = WORDY_PAGES.filter((page) => words[page].size > 0);
  await Promise.all(open.map((page) => loadWords(page, language)));
  if (!loaded.has(language)) loaded.set(language, await LOADERS[language]());
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

function useWords<Page extends WordyPage>(page: Page): Messages & WordsOf[Page] {
  const messages = useMessages();
  const own = words[page].get(useLanguage());
  if (own === undefined) throw new Error("no texts to show");
  return { ...messages, ...own };
}

/** As useMessages, on the pages of results. */
export const useResultsMessages = () => useWords("results");
/** As useMessages, where the vote is watched live. */
export const useMonitorMessages = () => useWords("monitor");
/** As useMessages, where a tracking code is looked up. */
export const useCheckMessages = () => useWords("check");
/** As useMessages, on the home page. */
export const useHomeMessages = () => useWords("home");
/** As useMessages, where several questions are one visit. */
export const usePaperMessages = () => useWords("paper");

/** Picks the reader's half of a bilingual text. */
export function useBilingual(): (text: BilingualText) => string {
  const language = useLanguage();
  return (text) => text[language];
}
