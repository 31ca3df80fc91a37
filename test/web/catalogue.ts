import type { Language } from "#core/language.ts";
import { en, type Messages } from "#web/messages/en.ts";
import { fr } from "#web/messages/fr.ts";

/** The site's texts in both languages; a browser loads only one. */
export const CATALOGUE: Readonly<Record<Language, Messages>> = { fr, en };
