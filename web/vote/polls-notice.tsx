import { isUnstated } from "#core/contest.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import { writePath } from "#web/router.ts";
import { Cancelled } from "#web/shell/cancelled.tsx";
import { Heading } from "#web/shell/heading.tsx";

/** When voting opens, or that it has closed. */
export function pollsWords(language: Language, t: Messages, election: PublicElection, isUpcoming: boolean): string {
  const { definition, opening_sha256: opening, opens_at: opensAt, closes_at: closesAt } = election;
  if (isUnstated({ definition, opening: opening ?? undefined }, Date.now())) return t.home.unstated;
  const [say, instant] = isUpcoming ? [t.vote.opensOn, opensAt] : [t.vote.closedOn, closesAt];
  return say(formatInstant(language, instant, definition.timeZone));
}

export function PollsNotice({ election, isUpcoming }: Readonly<{ election: PublicElection; isUpcoming: boolean }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { cancelled, timeZone } = election.definition;
  return (
    <>
      <p class="eyebrow">{inLanguage(election.title)}</p>
      <Heading text={cancelled ? t.vote.cancelledTitle : isUpcoming ? t.vote.notOpenTitle : t.vote.closedTitle} />
      {cancelled ? (
        <Cancelled {...cancelled} timeZone={timeZone} />
      ) : (
        <>
          <p>{pollsWords(language, t, election, isUpcoming)}</p>
          <a class="button" href={writePath(language, { page: "results", electionId: election.election_id })}>
            {t.vote.seeResults}
          </a>
        </>
      )}
    </>
  );
}
