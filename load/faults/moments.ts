import type { Random } from "#load/shared/ballots.ts";

const PARTS = 1000;

/**
 * Spreads moments over the voting: one drawn in each of as many equal parts of it.
 * @param act called at each, with its number from 0
 * @returns what to tell the share of the voters who are done, 0 to 1
 */
export function moments(count: number, random: Random, act: (index: number) => void): (share: number) => void {
  // None comes near the end, when nothing is left to break.
  const shares = Array.from({ length: count }, (_, index) => (0.7 * (index + random(PARTS) / PARTS)) / count);
  let next = 0;
  return (share) => {
    while (next < count && share >= (shares[next] ?? 1)) act(next++);
  };
}
