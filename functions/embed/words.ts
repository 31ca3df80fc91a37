import type { Language } from "#core/language.ts";
import { countsIn } from "#web/format.ts";

/** What the page says besides the words of the results page. */
export type EmbedWords = Readonly<{
  others: (others: number) => string;
  updates: string;
  paused: string;
  pause: string;
  resume: string;
  full: string;
  opensAnew: string;
}>;

const { count } = countsIn("en");
const french = countsIn("fr");

export const EMBED_WORDS: Readonly<Record<Language, EmbedWords>> = {
  en: {
    others: (others) => (others === 1 ? "And one more." : `And ${count(others)}\u00a0more.`),
    updates: "Updates every minute.",
    paused: "Updates are paused.",
    pause: "Pause",
    resume: "Resume",
    full: "All results",
    opensAnew: "(opens in a new window)",
  },
  fr: {
    others: (others) => (others === 1 ? "Et une autre." : `Et ${french.count(others)}\u00a0autres.`),
    updates: "Mise à jour chaque minute.",
    paused: "Mise à jour suspendue.",
    pause: "Suspendre",
    resume: "Reprendre",
    full: "Tous les résultats",
    opensAnew: "(dans une nouvelle fenêtre)",
  },
};
