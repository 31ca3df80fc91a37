import { candidateName, type RaceDefinition } from "#core/contest.ts";
import { type Corrected, shownText } from "#core/corrections.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";
import { sentences } from "#core/sentences.ts";
import { homeEn } from "#web/messages/home-en.ts";
import { homeFr } from "#web/messages/home-fr.ts";
import { voteEn } from "#web/messages/vote-en.ts";
import { voteFr } from "#web/messages/vote-fr.ts";

/** What voters will read after an act, in the very words of their pages, in both languages. */

const PAGES = { en: { ...homeEn, ...voteEn }, fr: { ...homeFr, ...voteFr } } as const;

type Zoned = Pick<ElectionDefinition, "timeZone">;

const inBoth = (told: (language: Language) => string): BilingualText => ({ en: told("en"), fr: told("fr") });

export const toldClosing = ({ timeZone }: Zoned, closesAt: string): BilingualText =>
  inBoth((language) => sentences`${PAGES[language].notices.closesOn(formatInstant(language, closesAt, timeZone))}.`);

export const toldPostponed = ({ timeZone }: Zoned, opensAt: string): BilingualText =>
  inBoth((language) => {
    const { notOpenTitle, opensOn } = PAGES[language].vote;
    return `${notOpenTitle}. ${opensOn(formatInstant(language, opensAt, timeZone))}`;
  });

export const toldWithdrawn = (candidate: RaceDefinition["candidates"][number]): BilingualText =>
  inBoth((language) => `${candidateName(candidate)} – ${PAGES[language].ballot.withdrawn}`);

export const toldCorrected = (
  { timeZone }: Zoned,
  { from, to }: Pick<Corrected, "from" | "to">,
  at: string,
): BilingualText =>
  inBoth((language) =>
    PAGES[language].vote.corrected(
      formatInstant(language, at, timeZone),
      shownText(from, language),
      shownText(to, language),
    ),
  );

export const toldCancelled = ({ timeZone }: Zoned, reason: BilingualText, at: string): BilingualText =>
  inBoth((language) => {
    const { cancelledOn, cancelledWhat } = PAGES[language].vote;
    const when = formatInstant(language, at, timeZone);
    return `${cancelledOn(when)} ${sentences`${reason[language].trim()}.`} ${cancelledWhat}`;
  });
