import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "#web/api.ts";
import { entriesOf, inOrder, STATUSES } from "#web/home/entries.ts";
import { Notice, PaperNotice } from "#web/home/notice.tsx";
import { useHomeMessages, useLanguage } from "#web/messages/catalogue.ts";
import { noteSeen } from "#web/seen-elections.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import "#web/shell/first.ts";

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

export function HomePage() {
  const t = useHomeMessages();
  const language = useLanguage();
  const looks = useLooks();
  const { answer: last, retry } = useAnswer(`elections ${looks}`, () => api.elections(language));
  const answer = useLastGood(last);
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  noteSeen(answer.body);
  const all = entriesOf(answer.body);
  const groups = STATUSES.map((status) => ({ status, entries: inOrder(status, all) })).filter(
    ({ entries }) => entries.length > 0,
  );
  return (
    <>
      <Heading text={t.home.title} />
      {groups.length === 0 && <p>{t.notices.nothing}</p>}
      {groups.map(({ status, entries }) => (
        <section key={status} aria-labelledby={status}>
          <h2 id={status}>{t.notices[status]}</h2>
          <ul class="notices">
            {entries.map((entry) =>
              entry.paperId === undefined ? (
                entry.elections.map((election) => <Notice key={entry.key} election={election} looks={looks} />)
              ) : (
                <PaperNotice {...entry} key={entry.key} paperId={entry.paperId} looks={looks} />
              ),
            )}
          </ul>
        </section>
      ))}
    </>
  );
}
