import { useState } from "preact/hooks";
import { formatInstant, formatZonedClock } from "#core/instant-words.ts";
import type { Changeable, Done, PollingFigures } from "#functions/office/polling/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Acts } from "#web/office/polling/acts.tsx";
import { DoneNotice } from "#web/office/polling/done-notice.tsx";
import { Figures } from "#web/office/polling/figures.tsx";
import { PublicFigures } from "#web/office/polling/public-figures.tsx";
import { RefusedAttempts } from "#web/office/polling/refused-attempts.tsx";
import { Waiting } from "#web/office/polling/waiting.tsx";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { PauseButton, usePaused } from "#web/shell/pause.tsx";
import "#web/styles/office-polling.css";

const REFRESH_EVERY_MS = 5_000;

export function PollingPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  return me.groups.some((group) => group !== "observer") ? (
    <Polling electionId={electionId} mayAct={me.groups.includes("officer")} />
  ) : (
    <PublicFigures electionId={electionId} />
  );
}

function Polling({ electionId, mayAct }: Readonly<{ electionId: string; mayAct: boolean }>) {
  const t = useOfficeMessages();
  const isPaused = usePaused();
  const path = `/office/elections/${encodeURIComponent(electionId)}`;
  const { answer, isStale, retry } = useOfficeAnswer<PollingFigures>(
    `${path}/polling`,
    isPaused ? undefined : REFRESH_EVERY_MS,
  );
  const changeable = useOfficeAnswer<Changeable>(`${path}/changeable`);
  const [done, setDone] = useState<Done>();
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} />;
  const onDone = (what: Done): void => {
    setDone(what);
    retry();
    changeable.retry();
  };
  return (
    <>
      <Heading text={t.officePolling.title} />
      <Standing figures={answer.body} isStale={isStale} />
      {done !== undefined && <DoneNotice done={done} />}
      <section aria-labelledby="polling-figures">
        <h2 id="polling-figures">{t.officePolling.figures}</h2>
        <Figures figures={answer.body} />
      </section>
      <section aria-labelledby="polling-acts">
        <h2 id="polling-acts">{t.officePolling.acts}</h2>
        {!mayAct && <p class="quiet">{t.officePolling.onlyOfficers}</p>}
        {mayAct && changeable.answer?.kind === "ok" && (
          <Acts path={path} status={answer.body.status} changeable={changeable.answer.body} onDone={onDone} />
        )}
        {mayAct && changeable.answer !== undefined && changeable.answer.kind !== "ok" && (
          <OfficeFailure answer={changeable.answer} retry={changeable.retry} hasHeading={false} />
        )}
      </section>
      <section aria-labelledby="polling-refused">
        <h2 id="polling-refused">{t.officePolling.refused}</h2>
        <RefusedAttempts path={path} isPaused={isPaused} timeZone={answer.body.time_zone} />
      </section>
      <Waiting isPaused={isPaused} mayAct={mayAct} />
    </>
  );
}

function Standing({ figures, isStale }: Readonly<{ figures: PollingFigures; isStale: boolean }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { status, time_zone: timeZone, updated_at: updatedAt } = figures;
  const say = { upcoming: t.officePolling.opens, open: t.officePolling.closes, closed: t.officePolling.closed };
  const instant = status === "upcoming" ? figures.opens_at : figures.closes_at;
  return (
    <div class="polling-standing">
      <p class="polling-title">{inLanguage(figures.title)}</p>
      <p>
        <strong>{t.officePolling.phase[status]}.</strong>{" "}
        {status !== "cancelled" && say[status](formatInstant(language, instant, timeZone))}
      </p>
      {figures.is_test && <p>{t.officePolling.rehearsal}</p>}
      <p class="quiet">
        {t.officePolling.updated(formatZonedClock(language, updatedAt, timeZone))} {isStale && t.officePolling.stale}
      </p>
      <p class="actions">
        <PauseButton />
      </p>
    </div>
  );
}
