import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { loadPart } from "#web/load-part.ts";
import type { CheckMessages } from "#web/messages/check-en.ts";
import type { Messages } from "#web/messages/en.ts";
import type { HomeMessages } from "#web/messages/home-en.ts";
import type { MonitorMessages } from "#web/messages/monitor-en.ts";
import type { PaperMessages } from "#web/messages/paper-en.ts";
import type { ResultsMessages } from "#web/messages/results-en.ts";
import type { RoundsMessages } from "#web/messages/rounds-en.ts";

/**
 * The words of every page, and those of the pages that have many of their own. The build puts the words of a script's language into the
 * script, and a page's own into the page's file (infra/bundling/words.ts); those of the other language are one file.
 */

type WordsOf = Readonly<{
  check: CheckMessages;
  home: HomeMessages;
  monitor: MonitorMessages;
  paper: PaperMessages;
  results: ResultsMessages;
  rounds: RoundsMessages;
}>;
type WordyPage = keyof WordsOf;

const ALL: Readonly<Record<Language, () => Promise<Readonly<{ texts: Messages; words: WordsOf }>>>> = {
  fr: () => import("#web/messages/all-fr.ts"),
  en: () => import("#web/messages/all-en.ts"),
};

const known = new Map<Language, Messages>();
const ownWords: { readonly [Page in WordyPage]: Map<Language, WordsOf[Page]> } = {
  check: new Map(),
  home: new Map(),
  monitor: new Map(),
  paper: new Map(),
  results: new Map(),
  rounds: new Map(),
};

export function knowTexts(language: Language, texts: Messages): void {
  known.set(language, texts);
}

export function knowWords<Page extends WordyPage>(page: Page, language: Language, words: WordsOf[Page]): void {
  ownWords[page].set(language, words);
}

async function load(language: Language): Promise<void> {
  if (known.has(language)) return;
  const { texts, words } = await loadPart(`all-${language}`, ALL[language]);
  knowTexts(language, texts);
  knowWords("check", language, words.check);
  knowWords("home", language, words.home);
  knowWords("monitor", language, words.monitor);
  knowWords("paper", language, words.paper);
  knowWords("results", language, words.results);
  knowWords("rounds", language, words.rounds);
}

/** Loading of a language: what can be shown meanwhile, and whether it failed. */
export type Readiness = Readonly<{ shown: Language | undefined; isFailed: boolean }>;

/** Loads what a language needs; until it is there, the page stays in the last one. */
export function useLoaded(wanted: Language, isKnown: boolean, load: (language: Language) => Promise<void>): Readiness {
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
  return isKnown ? { shown: wanted, isFailed: false } : state;
}

/** Loads the texts of a language. */
export const useTexts = (wanted: Language): Readiness => useLoaded(wanted, known.has(wanted), load);

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
  const messages = known.get(useLanguage());
  if (messages === undefined) throw new Error("no texts to show");
  return messages;
}

function useWords<Page extends WordyPage>(page: Page): Messages & WordsOf[Page] {
  const messages = useMessages();
  const own = ownWords[page].get(useLanguage());
  if (own === undefined) throw new Error("no texts to show");
  return { ...messages, ...own };
}

/** As useMessages, on the pages of results. */
export const useResultsMessages = () => useWords("results");
/** As useResultsMessages, beside the rounds of a count. */
export const useRoundsMessages = () => ({ ...useResultsMessages(), ...useWords("rounds") });
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
