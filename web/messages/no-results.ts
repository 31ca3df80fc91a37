import type { Language } from "#core/language.ts";

/** Why there is no result. Apart from all other words: hardly any page says it. */
type NoResultsWords = Readonly<{
  /** Of a vote whose opening was never stated. */
  neverHeld: string;
  // Between the closing of a vote and its result, where trustees open the ballots.
  title: string;
  why: string;
  mixed: (mixes: number, needed: number) => string;
  opened: (openings: number, needed: number) => string;
}>;

export const NO_RESULTS_WORDS: Readonly<Record<Language, NoResultsWords>> = {
  en: {
    neverHeld: "This vote never took place: it was never opened, so nobody could vote and there is no result.",
    title: "Being opened by the trustees",
    why: "Voting is over. Trustees first mix all ballots, one after the other, so that nobody can tell whose is whose; then enough of them open the ballots together. The result appears here once it is certified.",
    mixed: (mixes, needed) => `Mixes done: ${mixes} of ${needed}`,
    opened: (openings, needed) => `Trustees who have opened the ballots: ${openings} of ${needed}`,
  },
  fr: {
    neverHeld:
      "Ce vote n’a pas eu lieu\u00a0: il n’a jamais été ouvert. Personne n’a pu voter, et il n’y a pas de résultat.",
    title: "Les dépositaires ouvrent l’urne",
    why: "Le vote est terminé. Des dépositaires mélangent d’abord tous les bulletins, l’un après l’autre, pour que personne ne sache lequel vient de qui\u202f; ensuite, ils sont assez nombreux pour les ouvrir ensemble. Le résultat paraîtra ici une fois certifié.",
    mixed: (mixes, needed) => `Mélanges terminés\u00a0: ${mixes} sur ${needed}`,
    opened: (openings, needed) => `Dépositaires qui ont ouvert les bulletins\u00a0: ${openings} sur ${needed}`,
  },
};
