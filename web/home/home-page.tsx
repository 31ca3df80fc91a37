import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Answer } from "#web/api.ts";
import { Notice } from "#web/home/notice.tsx";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

const GROUPS = ["open", "upcoming", "closed", "cancelled"] as const;
/** Never a minute late. */
const LOOK_EVERY_MS = 30_000;

/** Keeps the last good answer on the page when a question fails. */
function useLastGood<T>(answer: Answer<T> | undefined): Answer<T> | undefined {
  const good = useRef<Answer<T> | undefined>(undefined);
  if (answer?.kind === "ok") good.current = answer;
  return good.current ?? answer;
}

/** Refreshes while the page is visible, counted from 0. */
function useLooks(): number {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) setLooks((last) => last + 1);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return looks;
}

/** Next to close or open first; of past votes the latest first. */
function inOrder(status: PublicElection["status"], elections: readonly PublicElection[]): readonly PublicElection[] {
  const instantOf = ({ opens_at: opens, closes_at: closes }: PublicElection): number =>
    Date.parse(status === "upcoming" ? opens : closes) * (status === "closed" || status === "cancelled" ? -1 : 1);
  return elections.filter((election) => election.status === status).sort((a, b) => instantOf(a) - instantOf(b));
}

export function HomePage() {
  const t = useMessages();
  const language = useLanguage();
  const looks = useLooks();
  const { answer: last, retry } = useAnswer(`elections ${looks}`, () => api.elections(language));
  const answer = useLastGood(last);
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  const groups = GROUPS.map((status) => ({ status, elections: inOrder(status, answer.body) })).filter(
    ({ elections }) => elections.length > 0,
  );
  return (
    <>
      <Heading text={t.home.title} />
      {groups.length === 0 && <p>{t.home.nothing}</p>}
      {groups.map(({ status, elections }) => (
        <section key={status} aria-labelledby={status}>
          <h2 id={status}>{t.home[status]}</h2>
          <ul class="notices">
            {elections.map((election) => (
              <Notice key={election.election_id} election={election} looks={looks} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
