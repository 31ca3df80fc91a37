import type { Language } from "#core/language.ts";
import { decimalsFor, percentageDigits, type Ratio } from "#core/percentage.ts";
import { formatDecimal, formatPercentage } from "#web/format.ts";

/**
 * A share of counts as a percentage: `14.5%` or `14,5 %`, with more decimals where fewer would say something false.
 * @param thresholds what it must not seem to equal
 */
export function formatShare(language: Language, ratio: Ratio, thresholds: readonly Ratio[] = []): string {
  return inDecimals(language, ratio, decimalsFor(ratio, 1, thresholds));
}

const inDecimals = (language: Language, ratio: Ratio, decimals: number): string =>
  formatPercentage(language, Number(percentageDigits(ratio, decimals)), decimals);

/** A threshold, and a share read beside it, with as many decimals; a threshold of whole percents needs none. */
export function formatBeside(language: Language, threshold: Ratio, ratio: Ratio) {
  const decimals = decimalsFor(ratio, 1, [threshold]);
  const isWhole = (threshold.part * 100) % threshold.whole === 0;
  return {
    threshold: inDecimals(language, threshold, isWhole ? 0 : decimals),
    share: inDecimals(language, ratio, decimals),
  };
}

/** The difference of two shares in percentage points, without a unit. */
export function formatPoints(language: Language, ratio: Ratio): string {
  const decimals = decimalsFor(ratio, 1, []);
  return formatDecimal(language, Number(percentageDigits(ratio, decimals)), decimals);
}
