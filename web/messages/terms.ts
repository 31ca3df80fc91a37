/**
 * The words that readers meet, one for each thing, in both languages. Messages use these; a test finds the words that they replace.
 * What the code calls things is in the README's glossary.
 */

type Term = Readonly<{
  en: string;
  fr: string;
  meaning: string;
  /** What is not written for it. */
  not?: Readonly<{ en?: RegExp; fr?: RegExp }>;
}>;

export const TERMS: readonly Term[] = [
  { en: "vote", fr: "vote", meaning: "what is voted on, and that it is going on: a law or an election" },
  { en: "ballot", fr: "bulletin", meaning: "what a voter marks, seals and casts", not: { en: /\benvelope/i } },
  { en: "sealed", fr: "scellé", meaning: "unreadable until it is counted", not: { en: /encrypt/i, fr: /chiffré/i } },
  {
    en: "cast",
    fr: "déposer",
    meaning: "to send a sealed ballot to the box",
    not: { en: /\bsubmit/i, fr: /soumettre/i },
  },
  { en: "the box", fr: "l’urne", meaning: "where accepted ballots lie" },
  { en: "queue", fr: "file", meaning: "where received ballots wait to be accepted" },
  { en: "counted", fr: "compté", meaning: "added to the result", not: { en: /\btall(?:y|ied|ies)\b/i } },
  { en: "votes", fr: "voix", meaning: "what a candidate or an answer has" },
  {
    en: "valid votes",
    fr: "suffrages exprimés",
    meaning: "all votes for somebody, or for Yes or No: the whole of every share",
    not: { fr: /voix exprimées|votes valides/i },
  },
  { en: "blank ballot", fr: "bulletin blanc", meaning: "a ballot for nobody, where that is allowed" },
  {
    en: "spoiled ballots",
    fr: "bulletins nuls",
    meaning: "those that cannot be opened or do not fit",
    not: { en: /rejected ballot/i, fr: /bulletins? (?:rejeté|gâté)/i },
  },
  { en: "turnout", fr: "participation", meaning: "ballots as a share of the roll" },
  {
    en: "electoral roll",
    fr: "liste électorale",
    meaning: "everybody who may vote",
    not: { en: /register|voters? list/i },
  },
  { en: "voters on the roll", fr: "inscrits", meaning: "how many they are" },
  { en: "quorum", fr: "quorum", meaning: "the turnout without which a law is not adopted" },
  { en: "has", fr: "obtient", meaning: "what somebody does with votes", not: { fr: /recueill/i } },
  { en: "in the lead", fr: "en tête", meaning: "having most votes while they are counted" },
  {
    en: "elected",
    fr: "remporte l’élection",
    meaning: "having won; in French, without a gender",
    not: { fr: /\bélue? ou|\(e\)/i },
  },
  { en: "eliminated", fr: "hors course", meaning: "out of the next rounds", not: { fr: /éliminée?/i } },
  { en: "exhausted", fr: "épuisé", meaning: "of a ballot on which nobody is left in the count" },
  {
    en: "region",
    fr: "région",
    meaning: "whose voters elect together",
    not: { en: /constituenc|district/i, fr: /circonscription/i },
  },
  { en: "closing", fr: "fermeture", meaning: "the end of voting", not: { fr: /clôture/i } },
  { en: "certified", fr: "certifié", meaning: "recounted and signed after closing, and so final" },
  { en: "tracking code", fr: "code de suivi", meaning: "by which a voter finds the ballot in the box" },
  { en: "receipt", fr: "reçu", meaning: "what a voter keeps: the tracking code" },
  { en: "voter card", fr: "carte d’électeur", meaning: "the letter with the voting code" },
];
