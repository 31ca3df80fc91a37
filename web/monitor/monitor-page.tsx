import { useRef } from "preact/hooks";
import { formatClock } from "#core/instant-words.ts";
import type { SystemStatus } from "#functions/system-status/contract.ts";
import { useLanguage, useMonitorMessages } from "#web/messages/catalogue.ts";
import { Totals } from "#web/monitor/figures.tsx";
import { MinuteTable } from "#web/monitor/minute-table.tsx";
import { Mark, Parts, Waits } from "#web/monitor/system-state.tsx";
import { WatchedElections } from "#web/monitor/watched-elections.tsx";
import { useRefreshed } from "#web/results/refreshed.ts";
import { api, Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { PauseButton, usePaused } from "#web/shell/pause.tsx";
import "#web/styles/results.css";
import "#web/styles/monitor.css";

const REFRESH_EVERY_MS = 5_000;
/** Older figures are called stale, whatever the cause. */
const OLD_AFTER_MS = 30_000;

export function MonitorPage() {
  const t = useMonitorMessages();
  const language = useLanguage();
  const { answer, isStale } = useRefreshed("status", (signal) => api.systemStatus(language, signal), REFRESH_EVERY_MS);
  return (
    <>
      <Heading text={t.monitor.title} />
      <p class="quiet">{t.monitor.lead}</p>
      {answer === undefined && <Loading />}
      {answer !== undefined && answer.kind !== "ok" && <p role="status">{t.failure.unreachable}</p>}
      {answer?.kind === "ok" && <Shown status={answer.body} isUnreachable={isStale} />}
    </>
  );
}

function Shown({ status, isUnreachable }: Readonly<{ status: SystemStatus; isUnreachable: boolean }>) {
  const t = useMonitorMessages();
  return (
    <>
      <Freshness status={status} isUnreachable={isUnreachable} />
      <section aria-labelledby="totals">
        <h2 id="totals">{t.monitor.votesTitle}</h2>
        <Totals status={status} />
        <MinuteTable status={status} />
      </section>
      <section aria-labelledby="waits">
        <h2 id="waits">{t.monitor.waitsTitle}</h2>
        <Waits status={status} />
      </section>
      <section aria-labelledby="watched">
        <h2 id="watched">{t.monitor.electionsTitle}</h2>
        <WatchedElections status={status} />
      </section>
      <section aria-labelledby="parts">
        <h2 id="parts">{t.monitor.partsTitle}</h2>
        <Parts status={status} />
      </section>
    </>
  );
}

/** The overall state, and whether it is old by this page's own clock. */
function Freshness({ status, isUnreachable }: Readonly<{ status: SystemStatus; isUnreachable: boolean }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  const { updated_at: updatedAt } = status;
  const came = useRef({ updatedAt, atMs: performance.now() });
  if (came.current.updatedAt !== updatedAt) came.current = { updatedAt, atMs: performance.now() };
  const isPaused = usePaused();
  const isOld = !isPaused && (isUnreachable || performance.now() - came.current.atMs > OLD_AFTER_MS);
  const clock = formatClock(language, updatedAt);
  return (
    <div class={`system-state ${isOld ? "slow" : status.status}`}>
      {!isOld && (
        <p class="verdict">
          <Mark state={status.status} />
          {t.monitor.state[status.status]}
        </p>
      )}
      <p role="status" class={isOld ? "verdict" : undefined}>
        {isOld && t.monitor.old(clock)}
      </p>
      {!isOld && <p class="quiet">{isPaused ? t.monitor.paused(clock) : t.monitor.made(clock)}</p>}
      <p class="actions">
        <PauseButton />
      </p>
    </div>
  );
}
