import type { SystemStatus, UnknownBecause, VoteFigures } from "#functions/system-status/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useMonitorMessages } from "#web/messages/catalogue.ts";
import { barsPath, CHART, FIGURES, type FigureName, summaryOf, sumOf } from "#web/monitor/minutes.ts";

/** Why a figure is null, by its path in the status document. */
type Unknown = SystemStatus["unknown"];

/** A number, or in words why it is not known. */
export function Known({
  value,
  because,
  format,
}: Readonly<{ value: number | null; because: UnknownBecause | undefined; format?: (value: number) => string }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  if (value === null) return <span class="unknown">{t.monitor.unknown[because ?? "unreachable"]}</span>;
  return <>{format === undefined ? formatCount(language, value) : format(value)}</>;
}

function figureOf(votes: VoteFigures, name: FigureName): number | null {
  if (name !== "invalid") return votes[name];
  return sumOf(...Object.values(votes.invalid));
}

function reasonOf(unknown: Unknown, path: string, name: FigureName): UnknownBecause | undefined {
  return unknown[`${path}.${name}${name === "invalid" ? ".unknown_credentials" : ""}`];
}

export function VoteSummary({
  votes,
  unknown,
  path,
}: Readonly<{ votes: VoteFigures; unknown: Unknown; path: string }>) {
  const t = useMonitorMessages();
  return (
    <dl class="lines">
      {FIGURES.map((name) => (
        <div key={name}>
          <dt>{t.monitor.votes[name]}</dt>
          <dd>
            <Known value={figureOf(votes, name)} because={reasonOf(unknown, path, name)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function Totals({ status }: Readonly<{ status: SystemStatus }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  const { votes, unknown } = status;
  const { unknown_credentials, wrong_region, struck } = votes.invalid;
  return (
    <ul class="totals">
      {FIGURES.map((name) => (
        <li key={name} class={`total ${name}`}>
          <h3>{t.monitor.votes[name]}</h3>
          <p class="total-figure">
            <Known value={figureOf(votes, name)} because={reasonOf(unknown, "votes", name)} />
          </p>
          <Hour minutes={status.per_minute[name]} />
          {name === "invalid" && unknown_credentials !== null && wrong_region !== null && struck !== null && (
            <p class="quiet">
              {t.monitor.reasons(
                formatCount(language, unknown_credentials),
                formatCount(language, wrong_region),
                formatCount(language, struck),
              )}
            </p>
          )}
          {name === "spoiled" && <p class="quiet">{t.monitor.spoiledHint}</p>}
        </li>
      ))}
    </ul>
  );
}

function Hour({ minutes }: Readonly<{ minutes: readonly number[] | null }>) {
  const t = useMonitorMessages();
  if (minutes === null) return <p class="hour quiet">{t.monitor.noHour}</p>;
  const { all, most, last } = summaryOf(minutes);
  return (
    <svg
      class="hour"
      viewBox={`0 0 ${CHART.width} ${CHART.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.monitor.hour(all, most, last)}
    >
      <path d={barsPath(minutes)} />
    </svg>
  );
}
