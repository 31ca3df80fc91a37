import type { Language } from "#core/language.ts";
import { type CheckMessages, checkEn } from "#web/messages/check-en.ts";
import { checkFr } from "#web/messages/check-fr.ts";
import { en, type Messages } from "#web/messages/en.ts";
import { fr } from "#web/messages/fr.ts";
import { type HomeMessages, homeEn } from "#web/messages/home-en.ts";
import { homeFr } from "#web/messages/home-fr.ts";
import { type MonitorMessages, monitorEn } from "#web/messages/monitor-en.ts";
import { monitorFr } from "#web/messages/monitor-fr.ts";
import { type PaperMessages, paperEn } from "#web/messages/paper-en.ts";
import { paperFr } from "#web/messages/paper-fr.ts";
import { type ResultsMessages, resultsEn } from "#web/messages/results-en.ts";
import { resultsFr } from "#web/messages/results-fr.ts";
import { type RoundsMessages, roundsEn } from "#web/messages/rounds-en.ts";
import { roundsFr } from "#web/messages/rounds-fr.ts";
import { type OfficeWords, words as officeEn } from "#web/office/messages/office-words-en.ts";
import { words as officeFr } from "#web/office/messages/office-words-fr.ts";

export type AllMessages = Messages &
  CheckMessages &
  HomeMessages &
  MonitorMessages &
  PaperMessages &
  ResultsMessages &
  RoundsMessages &
  OfficeWords;

/** The site's texts in both languages; a browser loads only those of one, and of the page. */
export const CATALOGUE: Readonly<Record<Language, AllMessages>> = {
  fr: { ...fr, ...checkFr, ...homeFr, ...monitorFr, ...paperFr, ...resultsFr, ...roundsFr, ...officeFr },
  en: { ...en, ...checkEn, ...homeEn, ...monitorEn, ...paperEn, ...resultsEn, ...roundsEn, ...officeEn },
};
