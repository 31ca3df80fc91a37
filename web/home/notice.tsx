import { useContext } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import { sentences } from "#core/sentences.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { formatQuoted } from "#web/format.ts";
import { LastLook, useLastGood } from "#web/home/looks.ts";
import { isUnstated, timeToGo } from "#web/home/time-to-go.ts";
import { useBilingual, useHomeMessages, useLanguage } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { formatShare } from "#web/share.ts";
import { api, useAnswer } from "#web/shell/answers.tsx";
import { Cancelled } from "#web/shell/cancelled.tsx";
import { Told } from "#web/shell/told.tsx";

type Props = Readonly<{
  election: PublicElection;
  /** A new number asks for the turnout again. */
  looks: number;
}>;

const isHeld = (status: PublicElection["status"]): boolean => status === "open" || status === "closed";

export function Notice({ election, looks }: Props) {
  const t = useHomeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const title = inLanguage(election.title);
  const { election_id: electionId, status } = election;
  const { summary } = election.definition;
  return (
    <li class="notice">
      <p class="eyebrow">{t.notices.kind[election.voting_method]}</p>
      <h3>{title}</h3>
      {summary !== undefined && (
        <p>
          <Told text={inLanguage(summary)} />
        </p>
      )}
      <Hours election={election} />
      {isHeld(status) && <Turnout election={election} looks={status === "open" ? looks : 0} />}
      {isHeld(status) && (
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
            aria-label={t.home.about(t.notices.results, title)}
          >
            {t.notices.results}
          </a>
        </p>
      )}
    </li>
  );
}

/** The questions of a paper: one way to vote, and results of each. */
export function PaperNotice({
  paperId,
  elections,
  status,
  looks,
}: Readonly<{
  paperId: string;
  elections: readonly PublicElection[];
  status: PublicElection["status"];
  looks: number;
}>) {
  const t = useHomeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const titles = formatQuoted(
    language,
    elections.map(({ title }) => inLanguage(title)),
  );
  const [first] = elections.filter((election) => election.status === status);
  return (
    <li class="notice">
      <p class="eyebrow">{t.home.questions(elections.length)}</p>
      {first && <Hours election={first} />}
      <ul class="questions">
        {elections.map((election) => (
          <AskedQuestion
            key={election.election_id}
            election={election}
            looks={looks}
            isApart={election.status !== status}
          />
        ))}
      </ul>
      {status === "open" && (
        <p class="actions">
          <a
            class="button primary"
            href={writePath(language, { page: "paper", paperId })}
            aria-label={t.home.about(t.home.vote, titles)}
          >
            {t.home.vote}
          </a>
        </p>
      )}
    </li>
  );
}

/** @param props.isApart whether its hours are not those of the paper */
function AskedQuestion({ election, looks, isApart }: Props & Readonly<{ isApart: boolean }>) {
  const t = useHomeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const title = inLanguage(election.title);
  const { election_id: electionId, status } = election;
  return (
    <li>
      <h3>{title}</h3>
      {isApart && <Hours election={election} />}
      {isHeld(status) && (
        <>
          <Turnout election={election} looks={status === "open" ? looks : 0} />
          <a
            href={writePath(language, { page: "results", electionId })}
            aria-label={t.home.about(t.notices.results, title)}
          >
            {t.notices.results}
          </a>
        </>
      )}
    </li>
  );
}

function Hours({ election }: Readonly<{ election: PublicElection }>) {
  const { cancelled, timeZone } = election.definition;
  return cancelled === undefined ? <Times election={election} /> : <Cancelled {...cancelled} timeZone={timeZone} />;
}

function Times({ election }: Readonly<{ election: PublicElection }>) {
  const t = useHomeMessages();
  const nowMs = useContext(LastLook);
  const language = useLanguage();
  const { status, opens_at: opensAt, closes_at: closesAt } = election;
  const told = (instant: string): string => formatInstant(language, instant, election.definition.timeZone);
  if (status === "closed") return <p class="quiet">{t.home.closedOn(told(closesAt))}</p>;
  const isUpcoming = status === "upcoming";
  if (isUnstated(election, nowMs)) return <p class="quiet">{t.home.unstated}</p>;
  const next = isUpcoming ? opensAt : closesAt;
  return (
    <div class="times">
      <p class="time-left">{timeToGo(language, t, next, isUpcoming, nowMs)}</p>
      <p class="quiet">{sentences`${(isUpcoming ? t.notices.opensOn : t.notices.closesOn)(told(next))}.`}</p>
    </div>
  );
}

function Turnout({ election, looks }: Props) {
  const t = useHomeMessages();
  const language = useLanguage();
  const { election_id: electionId, voting_method: method } = election;
  const { answer: last } = useAnswer<LawResults | ElectionResults>(`turnout ${looks}`, () =>
    method === "referendum" ? api.lawResults(language, electionId) : api.electionResults(language, electionId),
  );
  const answer = useLastGood(last);
  if (answer?.kind !== "ok") return <div class="turnout" />;
  const { percentage, ballots, on_roll: onRoll } = answer.body.turnout;
  return (
    <div class="turnout">
      <p>
        <span>{t.notices.turnout(formatShare(language, { part: ballots, whole: onRoll }))}</span>
        <span class="quiet">{t.home.turnoutOf(ballots, onRoll)}</span>
      </p>
      <div class="turnout-line" aria-hidden="true">
        <div style={{ "--share": `${Math.min(100, percentage)}%` }} />
      </div>
    </div>
  );
}
