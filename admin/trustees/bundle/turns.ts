import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";

/** Who has done what with a sealed box, and whose turn it is. */

export type Turns = Readonly<{
  /** Numbers of trustees in the order of their mixes. */
  mixed: readonly number[];
  /** How many mixes are left. */
  mixesLeft: number;
  /** Who may make the next mix: all who made none; nobody once all mixes are made. */
  mayMix: readonly number[];
  /** Who has opened it, in the order of numbers. */
  opened: readonly number[];
  /** How many openings are left before the box can be read. */
  openingsLeft: number;
  /** Who may open it: nobody before all mixes are made. */
  mayOpen: readonly number[];
}>;

export function turnsIn({ ceremony, mixes, openings }: Pick<Bundle, "ceremony" | "mixes" | "openings">): Turns {
  const numbers = ceremony.trustees.map((_, place) => place + 1);
  const mixed = mixes.map(({ value }) => value.statement.trustee);
  const opened = [...openings.keys()].sort((a, b) => a - b);
  const mixesLeft = ceremony.mixes - mixed.length;
  const openingsLeft = Math.max(0, ceremony.threshold - opened.length);
  return {
    ...{ mixed, mixesLeft, opened, openingsLeft },
    mayMix: mixesLeft === 0 ? [] : numbers.filter((number) => !mixed.includes(number)),
    mayOpen: mixesLeft > 0 ? [] : numbers.filter((number) => !opened.includes(number)),
  };
}

export const namesOf = ({ trustees }: Bundle["ceremony"], numbers: readonly number[]): string =>
  numbers.map((number) => trustees[number - 1]?.name ?? "").join(", ");
