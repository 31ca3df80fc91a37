import { formatInstant } from "#core/instant-words.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { isUnstated, timeToGo } from "#web/home/time-to-go.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { formatShare } from "#web/share.ts";
import { api, useAnswer } from "#web/shell/answers.tsx";
import { Cancelled } from "#web/shell/cancelled.tsx";

type Props = Readonly<{
  election: PublicElection;
  /** A new number asks for the turnout again. */
  looks: number;
}>;

export function Notice({ election, looks }: Props) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const title = inLanguage(election.title);
  const { election_id: electionId, status } = election;
  const { summary, cancelled, timeZone } = election.definition;
  const isHeld = status === "open" || status === "closed";
  return (
    <li class="notice">
      <p class="eyebrow">{t.home.kind[election.voting_method]}</p>
      <h3>{title}</h3>
      {summary !== undefined && <p>{inLanguage(summary)}</p>}
      {cancelled === undefined ? <Times election={election} /> : <Cancelled {...cancelled} timeZone={timeZone} />}
      {isHeld && <Turnout election={election} looks={status === "open" ? looks : 0} />}
      {isHeld && (
        <p class="actions">
          {status === "open" && (
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
      )}
    </li>
  );
}

function Times({ election }: Readonly<{ election: PublicElection }>) {
  const t = useMessages();
  const language = useLanguage();
  const { status, opens_at: opensAt, closes_at: closesAt } = election;
  const told = (instant: string): string => formatInstant(language, instant, election.definition.timeZone);
  if (status === "closed") return <p class="quiet">{t.home.closedOn(told(closesAt))}</p>;
  const isUpcoming = status === "upcoming";
  if (isUnstated(election, Date.now())) return <p class="quiet">{t.home.unstated}</p>;
  const next = isUpcoming ? opensAt : closesAt;
  return (
    <div class="times">
      <p class="time-left">{timeToGo(language, t, next, isUpcoming, Date.now())}</p>
      <p class="quiet">{(isUpcoming ? t.home.opensOn : t.home.closesOn)(told(next))}</p>
    </div>
  );
}

function Turnout({ election, looks }: Props) {
  const t = useMessages();
  const language = useLanguage();
  const { election_id: electionId, voting_method: method } = election;
  const { answer } = useAnswer<LawResults | ElectionResults>(`turnout ${looks}`, () =>
    method === "referendum" ? api.lawResults(language, electionId) : api.electionResults(language, electionId),
  );
  if (answer?.kind !== "ok") return <div class="turnout" />;
  const { percentage, ballots, on_roll: onRoll } = answer.body.turnout;
  return (
    <div class="turnout">
      <p>
        <span>{t.home.turnout(formatShare(language, { part: ballots, whole: onRoll }))}</span>
        <span class="quiet">{t.home.turnoutOf(ballots, onRoll)}</span>
      </p>
      <div class="turnout-line" aria-hidden="true">
        <div style={{ "--share": `${Math.min(100, percentage)}%` }} />
      </div>
    </div>
  );
}
