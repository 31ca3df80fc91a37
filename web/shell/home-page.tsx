import type { PublicElection } from "#functions/elections/contract.ts";
import { formatDistance, formatInstant } from "#web/format.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

const GROUPS = ["open", "upcoming", "closed"] as const;

/** What is being voted on now, what is coming, what is over. */
export function HomePage() {
  const t = useMessages();
  const language = useLanguage();
  const { answer, retry } = useAnswer("elections", () => api.elections(language));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  const groups = GROUPS.map((status) => ({
    status,
    elections: answer.body.filter((election) => election.status === status),
  })).filter(({ elections }) => elections.length > 0);
  return (
    <>
      <Heading text={t.home.title} />
      {groups.length === 0 && <p>{t.home.nothing}</p>}
      {groups.map(({ status, elections }) => (
        <section key={status} aria-labelledby={status}>
          <h2 id={status}>{t.home[status]}</h2>
          <ul class="notices">
            {elections.map((election) => (
              <Notice key={election.election_id} election={election} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Notice({ election }: Readonly<{ election: PublicElection }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const title = inLanguage(election.title);
  const electionId = election.election_id;
  const { summary } = election.definition;
  return (
    <li class="notice">
      <p class="eyebrow">{t.home.kind[election.voting_method]}</p>
      <h3>{title}</h3>
      {summary !== undefined && <p>{inLanguage(summary)}</p>}
      <p class="quiet">
        <Times election={election} />
      </p>
      <p class="actions">
        {election.status === "open" && (
          <a
            class="button primary"
            href={writePath(language, { page: "vote", electionId })}
            aria-label={t.home.about(t.home.vote, title)}
          >
            {t.home.vote}
          </a>
        )}
        <a
          class="button"
          href={writePath(language, { page: "results", electionId })}
          aria-label={t.home.about(t.home.results, title)}
        >
          {t.home.results}
        </a>
      </p>
    </li>
  );
}

function Times({ election }: Readonly<{ election: PublicElection }>) {
  const t = useMessages();
  const language = useLanguage();
  const { status, opens_at: opensAt, closes_at: closesAt } = election;
  const next = status === "upcoming" ? opensAt : closesAt;
  const when = formatInstant(language, next);
  if (status === "closed") return <>{t.home.closedOn(when)}</>;
  const distance = formatDistance(language, next, Date.now());
  return <>{status === "upcoming" ? t.home.opens(when, distance) : t.home.closes(when, distance)}</>;
}
