import { formatTime } from "#core/instant-words.ts";
import type { SystemStatus } from "#functions/system-status/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useMonitorMessages } from "#web/messages/catalogue.ts";
import { busyMinutes, FIGURES } from "#web/monitor/minutes.ts";

/** The last hour in figures, for whoever does not read pictures. */
export function MinuteTable({ status }: Readonly<{ status: SystemStatus }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  const minutes = busyMinutes(status);
  return (
    <details class="minutes">
      <summary>{t.monitor.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="minute-box" aria-label={t.monitor.hourTitle} tabIndex={0}>
        {minutes.length === 0 && <p>{t.monitor.quiet}</p>}
        {minutes.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{t.monitor.minute}</th>
                {FIGURES.map((name) => (
                  <th key={name} scope="col">
                    {t.monitor.votes[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {minutes.map(({ from, counts }) => (
                <tr key={from}>
                  <th scope="row">{formatTime(language, from)}</th>
                  {counts.map((count, index) => (
                    <td key={FIGURES[index]}>{count === null ? "?" : formatCount(language, count)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <p class="quiet">{t.monitor.leftOut}</p>
    </details>
  );
}
