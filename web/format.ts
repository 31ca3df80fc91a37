import { formatTime } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";

/** Numbers, instants and shares as people write them in Canada. */

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const satisfies Record<Language, string>;

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Kept: making one takes far longer than using it, and a table has hundreds of figures. */
function numbersIn(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = language + JSON.stringify(options);
  const kept = numberFormats.get(name) ?? new Intl.NumberFormat(LOCALES[language], options);
  numberFormats.set(name, kept);
  return kept;
}

/** `12,345` or `12 345`; fractions of votes have up to five decimals. */
export function formatCount(language: Language, count: number): string {
  return numbersIn(language, { maximumFractionDigits: 5 }).format(count);
}

/** A percentage from 0 to 100 with one decimal, or as many as asked for: `45.3%` or `45,3 %`. */
export function formatPercentage(language: Language, percentage: number, decimals = 1): string {
  const share = numbersIn(language, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return share.format(percentage / 100);
}

/** A number with so many decimals: `9.3`, `9,3`. */
export function formatDecimal(language: Language, value: number, decimals: number): string {
  return numbersIn(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** A length of time in the unit that suits it: `0.4 seconds`, `12 minutes`, `3 heures`. */
export function formatDelay(language: Language, milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [unit, size] = UNITS.find(([, unitSeconds]) => seconds >= 2 * unitSeconds) ?? ["second", 1];
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: seconds < 10 ? 1 : 0,
  }).format(seconds / size);
}

const DAY_MS = 24 * 3600 * 1000;

/** A mark on an axis of time: an hour, or a day where marks are a day apart and more. */
export function formatTimeMark(language: Language, atMs: number, apartMs: number, timeZone: string): string {
  if (apartMs < DAY_MS) return formatTime(language, atMs, timeZone);
  const day = new Intl.DateTimeFormat(LOCALES[language], { day: "numeric", month: "short", timeZone }).format(atMs);
  return language === "fr" ? day.replace(/^1(?=\s)/, "1er") : day;
}

const UNITS = [
  ["year", 365 * 24 * 3600],
  ["month", 30 * 24 * 3600],
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How far off an instant is, in its largest unit: `in 3 days`, `dans 3 jours`. */
export function formatDistance(language: Language, instant: string, nowMs: number): string {
  const seconds = (Date.parse(instant) - nowMs) / 1000;
  const [unit, size] = UNITS.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(LOCALES[language]).format(Math.trunc(seconds / size), unit);
}

const pluralRules = new Map<Language, Intl.PluralRules>();

/** French counts 0 as singular, English as plural. */
export function pluralOf(language: Language, count: number, forms: Readonly<{ one: string; other: string }>): string {
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(LOCALES[language]);
  pluralRules.set(language, rules);
  return rules.select(count) === "one" ? forms.one : forms.other;
}

/**
 * Counts as a text takes them: `count(2500)` is `2,500`, `plural(2500, "vote", "votes")` is `2,500 votes`,
 * whose number never ends a line.
 */
export function countsIn(language: Language) {
  return {
    count: (value: number): string => formatCount(language, value),
    plural: (value: number, one: string, other: string): string =>
      `${formatCount(language, value)}\u00a0${pluralOf(language, value, { one, other })}`,
  };
}

/** Names in a row: `“a” and “b”`, `«\u00a0a\u00a0» et «\u00a0b\u00a0»`. */
export function formatQuoted(language: Language, names: readonly string[]): string {
  const quoted = names.map((name) => (language === "fr" ? `«\u00a0${name}\u00a0»` : `“${name}”`));
  return new Intl.ListFormat(LOCALES[language]).format(quoted);
}

/** The rank of a preference: `1st`, `2nd`; `1er`, `2e`. */
export function formatRank(language: Language, rank: number): string {
  if (language === "fr") return rank === 1 ? "1er" : `${rank}e`;
  const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
  return `${rank}${suffixes[new Intl.PluralRules("en-CA", { type: "ordinal" }).select(rank)] ?? "th"}`;
}

const DURATION_UNITS = [
  ["day", 24 * 60],
  ["hour", 60],
  ["minute", 1],
] as const;

/** Its two largest units, rounded down: `2 days and 3 hours`, `20 minutes`. */
export function formatDuration(language: Language, ms: number): string {
  let minutes = Math.floor(ms / 60_000);
  const parts = DURATION_UNITS.flatMap(([unit, size]) => {
    const amount = Math.floor(minutes / size);
    minutes %= size;
    const words = new Intl.NumberFormat(LOCALES[language], { style: "unit", unit, unitDisplay: "long" });
    return amount === 0 ? [] : [{ size, words: words.format(amount) }];
  });
  const [first, second] = parts;
  if (first === undefined) return "";
  // `2 days and 3 hours`, but not `2 days and 5 minutes`.
  const isClose = second !== undefined && (first.size > 60 ? second.size === 60 : true);
  const shown = isClose && second !== undefined ? [first.words, second.words] : [first.words];
  return new Intl.ListFormat(LOCALES[language], { type: "conjunction" }).format(shown);
}

/** A SHA-256 in hexadecimal, as people compare it: `1a2b 3c4d …`. */
export function groupedSha256(hexadecimal: string): string {
  return hexadecimal.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
