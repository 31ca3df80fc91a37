import type { Language } from "#core/language.ts";

/** Numbers, instants and shares as people write them in Canada. */

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const satisfies Record<Language, string>;

/** A count: `12,345` or `12 345`. */
export function formatCount(language: Language, count: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(count);
}

/** A percentage from 0 to 100 with one decimal: `45.3%` or `45,3 %`. */
export function formatPercentage(language: Language, percentage: number): string {
  const share = new Intl.NumberFormat(LOCALES[language], {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return share.format(percentage / 100);
}

/** A day and its hour with the time zone, in the reader's own zone unless another is given. */
export function formatInstant(language: Language, instant: string, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(new Date(instant));
  // French has its first of the month, which Intl does not know.
  return parts
    .map(({ type, value }) => (language === "fr" && type === "day" && value === "1" ? "1er" : value))
    .join("");
}

/** The time of day to the minute. */
export function formatMinute(language: Language, instant: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeStyle: "short" }).format(new Date(instant));
}

/** A length of time in the unit that suits it: `0.4 seconds`, `12 minutes`, `3 heures`. */
export function formatDuration(language: Language, milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [unit, size] = UNITS.find(([, unitSeconds]) => seconds >= 2 * unitSeconds) ?? ["second", 1];
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: seconds < 10 ? 1 : 0,
  }).format(seconds / size);
}

/** The time of day to the second. */
export function formatClock(language: Language, instant: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeStyle: "medium" }).format(new Date(instant));
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

/** The form of a word that goes with a count. French counts 0 as singular, English as plural. */
export function pluralOf(language: Language, count: number, forms: Readonly<{ one: string; other: string }>): string {
  return new Intl.PluralRules(LOCALES[language]).select(count) === "one" ? forms.one : forms.other;
}

/** The rank of a preference: `1st`, `2nd`; `1er`, `2e`. */
export function formatRank(language: Language, rank: number): string {
  if (language === "fr") return rank === 1 ? "1er" : `${rank}e`;
  const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
  return `${rank}${suffixes[new Intl.PluralRules("en-CA", { type: "ordinal" }).select(rank)] ?? "th"}`;
}
