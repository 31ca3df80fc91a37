import type { Codes } from "#admin/cards/codes.ts";
import type { LetterWords } from "#admin/cards/words-en.ts";
import { wordsEn } from "#admin/cards/words-en.ts";
import { wordsFr } from "#admin/cards/words-fr.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";

/** What all letters of an election say, in a language. */
export type LetterTexts = Readonly<{
  words: LetterWords;
  title: string;
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

export function letterTexts(
  language: Language,
  { title, opensAt, closesAt, timeZone }: ElectionDefinition,
  { identity }: Codes,
  contact: BilingualText,
  site: string,
): LetterTexts {
  const words = WORDS[language];
  const call = unparted(contact[language]);
  const labels = identity.map(({ label }) => words.field(within(label[language])));
  const named = new Intl.ListFormat(LISTS[language], { type: "conjunction" }).format(labels);
  return {
    words,
    title: title[language],
    opens: formatInstant(language, opensAt, timeZone),
    closes: formatInstant(language, closesAt, timeZone),
    identify: labels.length === 0 ? words.identifyByCode : words.identify(named),
    lost: words.call(call),
    help: words.helpHint(call, `${site}/${language}/help`),
    otherLanguage: words.otherLanguage(unparted(contact[language === "fr" ? "en" : "fr"])),
  };
}
