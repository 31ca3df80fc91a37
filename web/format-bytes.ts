import type { Language } from "#core/language.ts";

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const;

/** A file's size: `0.3 kB`, `12 kB`, `3.4 MB`. */
export function formatBytes(language: Language, bytes: number): string {
  const [unit, size] =
    bytes < 1e6
      ? (["kilobyte", 1e3] as const)
      : bytes < 1e9
        ? (["megabyte", 1e6] as const)
        : (["gigabyte", 1e9] as const);
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(Math.max(0.1, bytes / size));
}
