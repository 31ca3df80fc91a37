import type { Language } from "#core/language.ts";

/** Languages in their own names. */
export const OWN_NAMES = { fr: "Français", en: "English" } as const satisfies Record<Language, string>;
