import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { formatDistance, formatDuration } from "#web/format.ts";
import type { Messages } from "#web/messages/en.ts";
import type { HomeMessages } from "#web/messages/home-en.ts";

const MINUTE_MS = 60_000;
/** Beyond this a count of days says nothing. */
const FAR_MS = 60 * 24 * 60 * MINUTE_MS;

/** How long it is until voting opens or closes, in words: `2 days and 3 hours left`, `Opens in 20 minutes`. */
export function timeToGo(
  language: Language,
  t: Messages & HomeMessages,
  instant: string,
  isUpcoming: boolean,
  nowMs: number,
): string {
  const ms = Date.parse(instant) - nowMs;
  if (ms > FAR_MS) return (isUpcoming ? t.home.opens : t.home.closes)(formatDistance(language, instant, nowMs));
  if (ms < MINUTE_MS) return isUpcoming ? t.notices.opensInAMoment : t.notices.lessThanAMinuteLeft;
  return (isUpcoming ? t.notices.untilOpening : t.notices.left)(formatDuration(language, ms));
}

/** Whether nobody can vote although the hours have come: what is voted on was not stated yet. */
export function isUnstated(
  { status, opens_at, opening_sha256 = null }: Pick<PublicElection, "status" | "opens_at"> & Partial<PublicElection>,
  nowMs: number,
): boolean {
  return status === "upcoming" && opening_sha256 === null && Date.parse(opens_at) <= nowMs;
}
