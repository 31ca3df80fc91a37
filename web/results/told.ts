import type { Language } from "#core/language.ts";
import type { Ratio } from "#core/percentage.ts";
import type { Option } from "#published/figures.ts";
import type { Messages } from "#web/messages/en.ts";
import type { ResultsMessages } from "#web/messages/results-en.ts";
import { formatPoints } from "#web/share.ts";

/** A verdict in words: one sentence, what goes with it, and bars. Needs no browser: the command line prints the same. */

export type Words = Readonly<{ ballot: Messages["ballot"]; home: Pick<Messages["home"], "turnoutOf"> }> &
  Pick<ResultsMessages, "results" | "tieBreak" | "seats" | "verdict">;

/** The words of a reader's language. */
export type Reader = Readonly<{ t: Words; language: Language }>;

export type ToldBar = Readonly<{
  id: string;
  name: string;
  /** A candidate's party. */
  detail?: string;
  colour: string | null;
  share: string;
  count: string;
  /** 0 to 100, how long the bar is. */
  percentage: number;
  /** Who leads, is elected or tied, in a word. */
  mark?: string;
  /** The share that it must have, as a line on the bar. */
  needed?: Readonly<{ percentage: number; label: string }>;
}>;

export type Told = Readonly<{
  headline: string;
  details: readonly string[];
  bars: readonly ToldBar[];
  /** Whether nothing may be told yet, and the headline says why. */
  isWithheld: boolean;
  /** Whether it is the count made after closing. */
  isFinal: boolean;
  /** Whether somebody or something has won by it. */
  isWon: boolean;
}>;

export const percentOf = ({ part, whole }: Ratio): number => (whole === 0 ? 0 : Math.min(100, (part / whole) * 100));

export const listOf = (language: Language, names: readonly string[]): string =>
  new Intl.ListFormat(language).format(names);

export const nameOf = ({ name, id }: Pick<Option, "id" | "name">): string => name ?? id;

/** A margin in votes and in points. */
export function leadIn({ t, language }: Reader, margin: number, whole: number): string {
  const ratio = { part: margin, whole };
  return t.verdict.lead(margin, t.verdict.points(formatPoints(language, ratio), percentOf(ratio)));
}
