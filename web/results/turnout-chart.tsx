import { minutesAhead } from "#core/clock-times.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Ratio } from "#core/percentage.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import { formatCount, formatPercentage, formatTimeMark } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { type LinePoint, marksUpTo, thinned, timeMarks, timeStepMs, turnoutLine } from "#web/results/turnout-line.ts";
import { formatShare } from "#web/share.ts";

/** What fits on a phone. */
const MOST_TIME_STEPS = 2;
const MOST_ROWS = 24;

/** A line and a table; space is reserved while loading. */
export function TurnoutChart({
  election,
  turnout,
}: Readonly<{ election: PublicElection; turnout: TurnoutOverTime | undefined }>) {
  const t = useResultsMessages();
  const { timeZone } = election.definition;
  const untilMs = Math.min(Date.parse(turnout?.updated_at ?? ""), Date.parse(election.closes_at));
  const line = turnout === undefined ? [] : turnoutLine(turnout, untilMs);
  return (
    <section class="turnout">
      <h2>{t.chart.title}</h2>
      <div class="chart">
        {turnout !== undefined && line.length === 0 && <p class="quiet">{t.chart.none}</p>}
        {turnout !== undefined && line.length > 0 && (
          <Line
            timeZone={timeZone}
            line={line}
            reached={{ part: turnout.points.at(-1)?.ballots ?? 0, whole: turnout.on_roll }}
          />
        )}
      </div>
      {turnout !== undefined && <TurnoutTable timeZone={timeZone} turnout={turnout} />}
    </section>
  );
}

function Line({ timeZone, line, reached }: Readonly<{ timeZone: string; line: readonly LinePoint[]; reached: Ratio }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const fromMs = line[0]?.atMs ?? 0;
  const { atMs: untilMs, percentage } = line.at(-1) ?? { atMs: fromMs, percentage: 0 };
  const spanMs = Math.max(1, untilMs - fromMs);
  const shares = marksUpTo(percentage);
  const most = shares.at(-1) ?? 1;
  const stepMs = timeStepMs(fromMs, untilMs, MOST_TIME_STEPS);
  const offsetMs = minutesAhead(timeZone, fromMs) * 60_000;
  const times = timeMarks(fromMs, untilMs, stepMs, offsetMs);
  const xOf = (atMs: number): number => ((atMs - fromMs) / spanMs) * 100;
  const yOf = (share: number): number => 100 - (share / most) * 100;
  const through = line.map(({ atMs, percentage: share }) => `${xOf(atMs).toFixed(2)} ${yOf(share).toFixed(2)}`);
  const instant = (atMs: number): string => formatInstant(language, atMs, timeZone);
  return (
    <div
      class="chart-frame"
      role="img"
      aria-label={t.chart.summary(instant(fromMs), instant(untilMs), formatShare(language, reached))}
    >
      {shares.map((share) => (
        <span key={share} class="chart-share" style={{ "--share-of-height": String(yOf(share) / 100) }}>
          {formatPercentage(language, share, most < 5 ? 1 : 0)}
        </span>
      ))}
      <div class="chart-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {shares.map((share) => (
            <path key={share} class="chart-grid" d={`M0 ${yOf(share)}H100`} />
          ))}
          {times.map((atMs) => (
            <path key={atMs} class="chart-grid" d={`M${xOf(atMs)} 0V100`} />
          ))}
          <path class="chart-line" d={`M${through.join("L")}`} />
        </svg>
        {times.map((atMs) => (
          <span key={atMs} class="chart-time" style={{ "--at": `${xOf(atMs)}%` }}>
            {formatTimeMark(language, atMs, stepMs, timeZone)}
          </span>
        ))}
      </div>
    </div>
  );
}

function TurnoutTable({
  timeZone,
  turnout: { points, on_roll: onRoll },
}: Readonly<{ timeZone: string; turnout: TurnoutOverTime }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  return (
    <details class="turnout-table">
      <summary>{t.chart.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.chart.until}</th>
            <th scope="col">{t.chart.ballots}</th>
            <th scope="col">{t.results.turnout}</th>
          </tr>
        </thead>
        <tbody>
          {thinned(points, MOST_ROWS).map(({ until, ballots }) => (
            <tr key={until}>
              <th scope="row">{formatInstant(language, until, timeZone)}</th>
              <td>{formatCount(language, ballots)}</td>
              <td>{formatShare(language, { part: ballots, whole: onRoll })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
