import type { Language } from "#core/language.ts";

/** Instants in words, as people write them in Canada. */

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const satisfies Record<Language, string>;

/** A text whose hours no line break parts: `8:00 p.m.`, `20 h 00`. */
export function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d)\s(?=h|min|s|[ap]\.m\.)|(?<=\d\s(?:h|min))\s(?=\d)/g, "\u00a0");
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
  // Intl does not know the French "1er".
  return unbroken(
    parts.map(({ type, value }) => (language === "fr" && type === "day" && value === "1" ? "1er" : value)).join(""),
  );
}
