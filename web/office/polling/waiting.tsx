import { useState } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import type { AlarmFigures, SentAgain, WaitingFigures } from "#functions/office/polling/contract.ts";
import { formatCount, formatDelay } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OfficeFailure, officePost, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { Loading } from "#web/shell/answers.tsx";

const REFRESH_EVERY_MS = 10_000;

/** What waits in the queues of all elections, what was set aside, and the alarms. */
export function Waiting({ isPaused, mayAct }: Readonly<{ isPaused: boolean; mayAct: boolean }>) {
  const t = useOfficeMessages();
  const { answer, retry } = useOfficeAnswer<WaitingFigures>("/office/waiting", isPaused ? undefined : REFRESH_EVERY_MS);
  return (
    <>
      <section aria-labelledby="polling-waits">
        <h2 id="polling-waits">{t.officePolling.waits}</h2>
        {answer === undefined && <Loading />}
        {answer !== undefined && answer.kind !== "ok" && (
          <OfficeFailure answer={answer} retry={retry} hasHeading={false} />
        )}
        {answer?.kind === "ok" && <Queues waiting={answer.body} mayAct={mayAct} onSent={retry} />}
      </section>
      {answer?.kind === "ok" && (
        <section aria-labelledby="polling-alarms">
          <h2 id="polling-alarms">{t.officePolling.alarms}</h2>
          <Alarms alarms={answer.body.alarms} />
        </section>
      )}
    </>
  );
}

type QueuesProps = Readonly<{ waiting: WaitingFigures; mayAct: boolean; onSent: () => void }>;

function Queues({ waiting: { queue, set_aside: setAside }, mayAct, onSent }: QueuesProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const [sent, setSent] = useState<number>();
  const depth = (part: Readonly<{ messages: number; oldest_ms: number | null }> | null): string => {
    if (part === null) return t.officePolling.notKnown;
    const messages = formatCount(language, part.messages);
    if (part.messages === 0 || part.oldest_ms === null) return messages;
    return `${messages}, ${t.officePolling.oldest(formatDelay(language, part.oldest_ms))}`;
  };
  const move = setAside?.move ?? null;
  return (
    <>
      <dl class="polling-counts">
        <div>
          <dt>{t.officePolling.queue}</dt>
          <dd class="figures">{depth(queue)}</dd>
        </div>
        <div class={setAside !== null && setAside.messages > 0 ? "waits" : undefined}>
          <dt>{t.officePolling.setAside}</dt>
          <dd class="figures">{depth(setAside)}</dd>
        </div>
      </dl>
      <p class="quiet">{t.officePolling.setAsideHint}</p>
      {move !== null && (
        <p class={move.has_failed ? "refusal" : "quiet"}>
          {move.has_failed
            ? t.officePolling.moveFailed
            : (move.is_under_way ? t.officePolling.moving : t.officePolling.moved)(move.moved)}
        </p>
      )}
      <p role="status">{sent !== undefined && t.officePolling.sent(sent)}</p>
      {mayAct && setAside !== null && setAside.messages > 0 && (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {t.officePolling.sendAgain}
        </button>
      )}
      {isAsking && setAside !== null && (
        <ConfirmDialog<SentAgain>
          title={t.officePolling.sendAgainTitle}
          asksReason
          act={t.officePolling.sendAgain}
          send={(reason) => officePost<SentAgain>("/office/waiting/send-again", { reason })}
          onDone={({ messages }) => {
            setSent(messages);
            setAsking(false);
            onSent();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t.officePolling.sendAgainWhat(setAside.messages)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Alarms({ alarms }: Readonly<{ alarms: readonly AlarmFigures[] | null }>) {
  const t = useOfficeMessages();
  if (alarms === null) return <p>{t.officePolling.alarmsUnread}</p>;
  if (alarms.length === 0) return <p>{t.officePolling.noAlarms}</p>;
  const ringing = alarms.filter((alarm) => alarm.is_ringing);
  return (
    <>
      {ringing.length > 0 && (
        <ul class="polling-alarms">
          {ringing.map((alarm) => (
            <Ringing key={alarm.title.en} alarm={alarm} />
          ))}
        </ul>
      )}
      <p>
        {ringing.length === 0
          ? t.officePolling.quiet(alarms.length)
          : t.officePolling.quietOthers(alarms.length - ringing.length)}
      </p>
      <p class="quiet">{t.officePolling.mailed}</p>
    </>
  );
}

function Ringing({ alarm: { title, impact, runbook, since } }: Readonly<{ alarm: AlarmFigures }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  return (
    <li>
      <h3>{inLanguage(title)}</h3>
      <p>{inLanguage(impact)}</p>
      {since !== null && <p class="quiet">{t.officePolling.since(formatInstant(language, since))}</p>}
      {runbook !== null && <a href={runbook}>{t.officePolling.runbook}</a>}
    </li>
  );
}
