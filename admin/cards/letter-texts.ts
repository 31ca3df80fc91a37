import type { Codes } from "#admin/cards/codes.ts";
import type { Visit } from "#admin/cards/visit.ts";
import type { LetterWords } from "#admin/cards/words-en.ts";
import { wordsEn } from "#admin/cards/words-en.ts";
import { wordsFr } from "#admin/cards/words-fr.ts";
import type { BilingualText } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";

/** What all letters to an election or a paper say, in a language. */
export type LetterTexts = Readonly<{
  words: LetterWords;
  title: string;
  /** What is voted on, where it is more than one thing. */
  questions: string | undefined;
  mark: string;
  keep: string;
  opens: string;
  closes: string;
  identify: string;
  lost: string;
  help: string;
  otherLanguage: string;
}>;

const WORDS: Readonly<Record<Language, LetterWords>> = { fr: wordsFr, en: wordsEn };
const LISTS: Readonly<Record<Language, string>> = { fr: "fr-CA", en: "en-CA" };

/** A label within a sentence: "Numéro d’assurance" becomes "numéro d’assurance", and "NAS" stays. */
const within = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** Telephone numbers are not parted by the end of a line. */
const unparted = (text: string): string => text.replaceAll(/(?<=\d) (?=\d)/g, "\u00a0");

const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

export function letterTexts(
  language: Language,
  { questions, lead: { timeZone } }: Visit,
  { identity }: Codes,
  contact: BilingualText,
  site: string,
): LetterTexts {
  const words = WORDS[language];
  const call = unparted(contact[language]);
  const labels = identity.map(({ label }) => words.field(within(label[language])));
  const named = new Intl.ListFormat(LISTS[language], { type: "conjunction" }).format(labels);
  const titles = questions.map(({ title }) => title[language]);
  const isPaper = titles.length > 1;
  // Where officers have parted them: all can be answered between these.
  const opensAt =
    questions
      .map((question) => question.opensAt)
      .sort(byInstant)
      .at(-1) ?? "";
  const closesAt = questions.map((question) => question.closesAt).sort(byInstant)[0] ?? "";
  return {
    words,
    title: isPaper ? words.paper(titles.length) : (titles[0] ?? ""),
    questions: isPaper ? titles.map((title, index) => `${index + 1}.\u00a0${title}`).join("   ") : undefined,
    mark: isPaper ? words.markAll : words.mark,
    keep: isPaper ? words.keepAll : words.keep,
    opens: formatInstant(language, opensAt, timeZone),
    closes: formatInstant(language, closesAt, timeZone),
    identify: labels.length === 0 ? words.identifyByCode : words.identify(named),
    lost: words.call(call),
    help: words.helpHint(call, `${site}/${language}/help`),
    otherLanguage: words.otherLanguage(unparted(contact[language === "fr" ? "en" : "fr"])),
  };
}
