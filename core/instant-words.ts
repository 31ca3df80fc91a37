import type { Language } from "#core/language.ts";

/** Instants in words, as people write them in Canada; the same in every browser. */

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const satisfies Record<Language, string>;

type Instant = string | number;

function clock(language: Language, instant: Instant, timeZone: string | undefined, withSeconds: boolean): string {
  const digits = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(new Date(instant));
  const [hour, minute, second] = digits.split(":");
  const hours = Number(hour);
  if (language === "en") {
    const seconds = withSeconds ? `:${second}` : "";
    return `${hours % 12 || 12}:${minute}${seconds}\u00a0${hours < 12 ? "a.m." : "p.m."}`;
  }
  if (withSeconds) return `${hours}\u00a0h\u00a0${minute}\u00a0min\u00a0${second}\u00a0s`;
  return `${hours}\u00a0h${minute === "00" ? "" : `\u00a0${minute}`}`;
}

/** The time of day in a zone, in the reader's own unless one is given: `8:00 p.m.`; `20 h`, `20 h 05`. No line break parts it. */
export const formatTime = (language: Language, instant: Instant, timeZone?: string): string =>
  clock(language, instant, timeZone, false);

/** As `formatTime`, to the second: `8:00:04 p.m.`; `20 h 00 min 04 s`. */
export const formatClock = (language: Language, instant: Instant, timeZone?: string): string =>
  clock(language, instant, timeZone, true);

/** A day in a zone: `December 1, 2026`; `1er décembre 2026`. */
export function formatDay(language: Language, instant: Instant, timeZone?: string): string {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone } as const;
  const day = new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
  // Intl does not know the French "1er".
  return language === "fr" ? day.replace(/^1(?=\s)/, "1er") : day;
}

function zoneName(language: Language, instant: Instant, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], { timeZoneName: "short", timeZone }).formatToParts(
    new Date(instant),
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** As `formatClock`, with the time zone: `8:00:04 p.m. EST`. */
export const formatZonedClock = (language: Language, instant: Instant, timeZone?: string): string =>
  `${formatClock(language, instant, timeZone)}\u00a0${zoneName(language, instant, timeZone)}`;

/** A day and its hour with the time zone, in the reader's own zone unless another is given. */
export function formatInstant(language: Language, instant: Instant, timeZone?: string): string {
  const at = language === "fr" ? "à" : "at";
  const time = formatTime(language, instant, timeZone);
  return `${formatDay(language, instant, timeZone)} ${at} ${time}\u00a0${zoneName(language, instant, timeZone)}`;
}
