import { formatInstant } from "#core/instant-words.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { isUnstated } from "#web/home/time-to-go.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { Cancelled } from "#web/shell/cancelled.tsx";
import { Heading } from "#web/shell/heading.tsx";

export function PollsNotice({ election, isUpcoming }: Readonly<{ election: PublicElection; isUpcoming: boolean }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { cancelled, timeZone } = election.definition;
  if (cancelled !== undefined) {
    return (
      <>
        <p class="eyebrow">{inLanguage(election.title)}</p>
        <Heading text={t.vote.cancelledTitle} />
        <Cancelled {...cancelled} timeZone={timeZone} />
      </>
    );
  }
  return (
    <>
      <p class="eyebrow">{inLanguage(election.title)}</p>
      <Heading text={isUpcoming ? t.vote.notOpenTitle : t.vote.closedTitle} />
      <p>
        {isUnstated(election, Date.now())
          ? t.home.unstated
          : isUpcoming
            ? t.vote.opensOn(formatInstant(language, election.opens_at, election.definition.timeZone))
            : t.vote.closedOn(formatInstant(language, election.closes_at, election.definition.timeZone))}
      </p>
      <a class="button" href={writePath(language, { page: "results", electionId: election.election_id })}>
        {t.vote.seeResults}
      </a>
    </>
  );
}
