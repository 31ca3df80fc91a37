import { useRef } from "preact/hooks";
import { formatTime } from "#core/instant-words.ts";
import { entriesOf, inOrder, STATUSES } from "#web/home/entries.ts";
import { LastLook, useLastGood, useLooks } from "#web/home/looks.ts";
import { Notice, PaperNotice } from "#web/home/notice.tsx";
import { useHomeMessages, useLanguage } from "#web/messages/catalogue.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { PauseButton } from "#web/shell/pause.tsx";
import { noteListed } from "#web/shell/seen-elections.ts";
import "#web/styles/home.css";

export function HomePage() {
  const t = useHomeMessages();
  const language = useLanguage();
  const { number: looks, atMs } = useLooks();
  const { answer: last, retry } = useAnswer(`elections ${looks}`, () => api.elections(language));
  const answer = useLastGood(last);
  const seen = useRef({ answer, atMs });
  if (seen.current.answer !== answer) seen.current = { answer, atMs };
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  noteListed(answer.body);
  const all = entriesOf(answer.body);
  const groups = STATUSES.map((status) => ({ status, entries: inOrder(status, all) })).filter(
    ({ entries }) => entries.length > 0,
  );
  return (
    <LastLook.Provider value={atMs}>
      <Heading text={t.home.title} />
      <p class="updates quiet">
        {t.notices.updated(formatTime(language, seen.current.atMs))} <PauseButton />
      </p>
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
    </LastLook.Provider>
  );
}
