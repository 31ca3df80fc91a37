import type { Language } from "#core/language.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { type TrusteesMessages, trusteesEn } from "#web/messages/trustees-en.ts";
import { trusteesFr } from "#web/messages/trustees-fr.ts";

/** One file for both languages, as for signing in: few elections have trustees. */
export const TRUSTEES_WORDS: Readonly<Record<Language, TrusteesMessages>> = { fr: trusteesFr, en: trusteesEn };

export const useTrusteesWords = (): TrusteesMessages => TRUSTEES_WORDS[useLanguage()];
