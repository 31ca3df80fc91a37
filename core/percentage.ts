import type { Share } from "#core/election.ts";

/**
 * Percentages as people read them: rounded once, from counts, to as many decimals as it takes to say nothing false. Never 100 unless
 * all, never 0 for a vote, and never the figure of a threshold that is not exactly reached.
 */

/** Not below 0, and with at most five decimals, as fractions of votes are. */
export type Ratio = Readonly<{ part: number; whole: number }>;

const exactly = (count: number): bigint => BigInt(Math.round(count * 100_000));

const ALL: Ratio = { part: 1, whole: 1 };
const NOTHING: Ratio = { part: 0, whole: 1 };
export const HALF: Ratio = { part: 1, whole: 2 };

/** The digits of a percentage, with a point; half a digit is rounded up. Zero where the whole is. */
export function percentageDigits({ part, whole }: Ratio, decimals: number): string {
  const scaled = 2n * 100n * 10n ** BigInt(decimals) * exactly(part);
  const rounded = whole === 0 ? 0n : (scaled + exactly(whole)) / (2n * exactly(whole));
  const digits = rounded.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const isSame = (one: Ratio, other: Ratio): boolean =>
  exactly(one.part) * exactly(other.whole) === exactly(other.part) * exactly(one.whole);

/**
 * How many decimals a percentage needs, the thresholds it is read beside too.
 * @param least fewer than these are never answered
 */
export function decimalsFor(ratio: Ratio, least: number, thresholds: readonly Ratio[]): number {
  if (ratio.whole === 0) return least;
  const others = [ALL, NOTHING, ...thresholds].filter((other) => !isSame(ratio, other));
  let decimals = least;
  while (others.some((other) => percentageDigits(ratio, decimals) === percentageDigits(other, decimals))) decimals++;
  return decimals;
}

/** A percentage as the API gives it: two decimals, or more. */
export function percentage(part: number, whole: number, thresholds: readonly Ratio[] = []): number {
  const ratio = { part, whole };
  return Number(percentageDigits(ratio, decimalsFor(ratio, 2, thresholds)));
}

/** Digits of a share after the point, as definitions write them. */
const MOST_DECIMALS = 9;

/** A definition's share, exactly. */
export function ratioOf(share: Share): Ratio {
  if (typeof share === "string") {
    const [part = 0, whole = 1] = share.split("/").map(Number);
    return { part, whole };
  }
  return { part: Math.round(share * 10 ** MOST_DECIMALS), whole: 10 ** MOST_DECIMALS };
}
