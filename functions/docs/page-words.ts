import type { Language } from "#core/language.ts";
import { IN_FRENCH } from "#functions/docs/french.ts";

/** The words of the API's page beside the document's own. */

const ENGLISH = {
  title: "Scrutin API",
  contents: "Contents",
  machines: (link: string) => `The same, for machines: ${link}.`,
  address: (variable: string, example: string) =>
    `In the commands, ${variable} is the address of this site, such as ${example}.`,
  other: { href: "/api/v1/docs/fr", lang: "fr", name: "Français" },
  tags: { Voting: "Voting", Elections: "Elections", Results: "Results", System: "System" },
  problems: "Problems",
  shapes: "Shapes",
  takes: "Takes",
  answer: "An answer",
  inAddress: "in the address",
  inHeader: "header",
  optional: "optional",
  listOf: (what: string) => `list of ${what}`,
  or: " or ",
};
export type PageWords = typeof ENGLISH & Readonly<{ say: (description: string) => string }>;

const FRENCH: typeof ENGLISH = {
  title: "API de Scrutin",
  contents: "Sommaire",
  machines: (link) => `La même chose, pour les machines\u00a0: ${link}.`,
  address: (variable, example) => `Dans les commandes, ${variable} est l’adresse de ce site, par exemple ${example}.`,
  other: { href: "/api/v1/docs", lang: "en", name: "English" },
  tags: { Voting: "Vote", Elections: "Élections", Results: "Résultats", System: "Système" },
  problems: "Refus",
  shapes: "Formes",
  takes: "Prend",
  answer: "Une réponse",
  inAddress: "dans l’adresse",
  inHeader: "en-tête",
  optional: "facultatif",
  listOf: (what) => `liste de ${what}`,
  or: " ou ",
};

/** Whether a description is the names of problems, which are the same in every language. */
export const isOfProblems = (description: string): boolean => /^[a-z-]+(?:, [a-z-]+)*$/.test(description);

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: { ...ENGLISH, say: (description) => description },
  // A test finds a description without French; English is better than no page.
  fr: { ...FRENCH, say: (description) => IN_FRENCH[description] ?? description },
};
