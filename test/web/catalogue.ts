import type { Language } from "#core/language.ts";
import { en, type Messages } from "#web/messages/en.ts";
import { fr } from "#web/messages/fr.ts";
import { type MonitorMessages, monitorEn } from "#web/messages/monitor-en.ts";
import { monitorFr } from "#web/messages/monitor-fr.ts";
import { type ResultsMessages, resultsEn } from "#web/messages/results-en.ts";
import { resultsFr } from "#web/messages/results-fr.ts";

export type AllMessages = Messages & ResultsMessages & MonitorMessages;

/** The site's texts in both languages; a browser loads only those of one, and of the page. */
export const CATALOGUE: Readonly<Record<Language, AllMessages>> = {
  fr: { ...fr, ...resultsFr, ...monitorFr },
  en: { ...en, ...resultsEn, ...monitorEn },
};
