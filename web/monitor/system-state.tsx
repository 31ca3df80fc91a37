import type { ComponentChildren } from "preact";
import type { PartState, SystemStatus } from "#functions/system-status/contract.ts";
import { formatDelay } from "#web/format.ts";
import { useLanguage, useMonitorMessages } from "#web/messages/catalogue.ts";
import { Known } from "#web/monitor/figures.tsx";

/** States differ by shape, not only by colour. */
const MARKS = {
  ok: "M3 11l5 5 9-12",
  slow: "M10 2a8 8 0 1 0 0 16a8 8 0 0 0 0-16M10 6v4l3 2",
  down: "M4 4l12 12M16 4L4 16",
} as const satisfies Record<PartState, string>;

export function Mark({ state }: Readonly<{ state: PartState }>) {
  return (
    <svg class={`mark-of-state ${state}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={MARKS[state]} />
    </svg>
  );
}

/** The thresholds of the alarms in infra/. */
const LATE_WAIT_MS = 120_000;
const LATE_COUNT_MS = 300_000;

/** What waits to be decided or counted, and for how long. */
export function Waits({ status: { queue, counting, unknown } }: Readonly<{ status: SystemStatus }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  const duration = (milliseconds: number): string => formatDelay(language, milliseconds);
  const { waiting, oldest_waiting_ms: oldestMs, set_aside: setAside } = queue;
  const { delay_ms: delayMs } = counting;
  return (
    <dl class="summary">
      <Wait label={t.monitor.waiting} hint={t.monitor.waitingHint}>
        <Known value={waiting} because={unknown["queue.waiting"]} />
      </Wait>
      <Wait label={t.monitor.oldest} trouble={(oldestMs ?? 0) > LATE_WAIT_MS ? t.monitor.late : undefined}>
        <Known value={oldestMs} because={unknown["queue.oldest_waiting_ms"]} format={duration} />
      </Wait>
      <Wait
        label={t.monitor.delay}
        hint={t.monitor.delayHint}
        trouble={(delayMs ?? 0) > LATE_COUNT_MS ? t.monitor.late : undefined}
      >
        <Known value={delayMs} because={unknown["counting.delay_ms"]} format={duration} />
      </Wait>
      <Wait
        label={t.monitor.setAside}
        hint={t.monitor.setAsideHint}
        trouble={(setAside ?? 0) > 0 ? t.monitor.toRedrive : undefined}
      >
        <Known value={setAside} because={unknown["queue.set_aside"]} />
      </Wait>
    </dl>
  );
}

function Wait(
  props: Readonly<{
    label: string;
    hint?: string;
    trouble?: string | undefined;
    children: ComponentChildren;
  }>,
) {
  const { label, hint, trouble, children } = props;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span>{children}</span>
        {trouble !== undefined && (
          <span class="trouble">
            <Mark state="slow" />
            {trouble}
          </span>
        )}
        {hint !== undefined && <span class="quiet">{hint}</span>}
      </dd>
    </div>
  );
}

export function Parts({ status: { parts } }: Readonly<{ status: SystemStatus }>) {
  const t = useMonitorMessages();
  return (
    <ul class="parts">
      {parts.map(({ part, state, latency_ms: latencyMs }) => (
        <li key={part}>
          <span>{t.monitor.part[part]}</span>
          <span class="part-state">
            <Mark state={state} />
            {t.monitor.partState[state]}
            {state !== "down" && <span class="quiet">{t.monitor.took(latencyMs)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
