import type { PartState, SystemStatus } from "#functions/monitor/contract.ts";
import { formatDuration } from "#web/format.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Known } from "#web/monitor/figures.tsx";

/** A mark of its own for each state: nobody has to tell colours apart. */
const MARKS = { ok: "M3 11l5 5 9-12", slow: "M10 3v7l5 3", down: "M4 4l12 12M16 4L4 16" } as const satisfies Record<
  PartState,
  string
>;

export function Mark({ state }: Readonly<{ state: PartState }>) {
  return (
    <svg class={`mark-of-state ${state}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={MARKS[state]} />
    </svg>
  );
}

/** What waits to be decided or counted, and for how long. */
export function Waits({ status: { queue, counting, unknown } }: Readonly<{ status: SystemStatus }>) {
  const t = useMessages();
  const language = useLanguage();
  const duration = (milliseconds: number): string => formatDuration(language, milliseconds);
  return (
    <dl class="summary">
      <div>
        <dt>{t.monitor.waiting}</dt>
        <dd>
          <Known value={queue.waiting} because={unknown["queue.waiting"]} />
          <span class="quiet">{t.monitor.waitingHint}</span>
        </dd>
      </div>
      <div>
        <dt>{t.monitor.oldest}</dt>
        <dd>
          <Known value={queue.oldest_waiting_ms} because={unknown["queue.oldest_waiting_ms"]} format={duration} />
        </dd>
      </div>
      <div>
        <dt>{t.monitor.delay}</dt>
        <dd>
          <Known value={counting.delay_ms} because={unknown["counting.delay_ms"]} format={duration} />
          <span class="quiet">{t.monitor.delayHint}</span>
        </dd>
      </div>
      <div>
        <dt>{t.monitor.setAside}</dt>
        <dd>
          <Known value={queue.set_aside} because={unknown["queue.set_aside"]} />
          <span class="quiet">{t.monitor.setAsideHint}</span>
        </dd>
      </div>
    </dl>
  );
}

/** Each part, in words with a mark. */
export function Parts({ status: { parts } }: Readonly<{ status: SystemStatus }>) {
  const t = useMessages();
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
