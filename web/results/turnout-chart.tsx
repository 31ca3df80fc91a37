import { minutesAhead } from "#core/clock-times.ts";
import { formatInstant, formatTime } from "#core/instant-words.ts";
import { type Ratio, ratioOf } from "#core/percentage.ts";
import { sentences } from "#core/sentences.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import { formatCount, formatPercentage, formatTimeMark } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import {
  type LinePoint,
  marksUpTo,
  thinned,
  timeAxis,
  timeMarks,
  timeStepMs,
  turnoutLine,
} from "#web/results/turnout-line.ts";
import { formatBeside, formatShare } from "#web/share.ts";

/** What fits on a phone. */
const MOST_TIME_STEPS = 2;
const MOST_ROWS = 24;

/** A line and a table with the same figures; space is reserved while loading. */
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
            election={election}
            line={line}
            reached={{ part: turnout.points.at(-1)?.ballots ?? 0, whole: turnout.on_roll }}
          />
        )}
      </div>
      {turnout !== undefined && <TurnoutTable timeZone={timeZone} turnout={turnout} untilMs={untilMs} />}
    </section>
  );
}

type Drawn = Readonly<{
  election: PublicElection;
  line: readonly LinePoint[];
  reached: Ratio;
}>;

/** Where marks leave room for the labels at both ends; on a phone there is none between them. */
const BETWEEN = { from: 20, to: 68 };

const DAY_MS = 24 * 3600 * 1000;

const quorumOf = ({ definition }: PublicElection): Ratio | undefined =>
  definition.votingMethod === "referendum" && definition.quorum !== undefined ? ratioOf(definition.quorum) : undefined;

/** Turnout with its last value, the quorum where there is one, and the closing once it is near enough to be drawn. */
function Line({ election, line, reached }: Drawn) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { timeZone } = election.definition;
  const quorum = quorumOf(election);
  const quorumPercentage = quorum === undefined ? 0 : (quorum.part / quorum.whole) * 100;
  const { threshold, share } =
    quorum === undefined
      ? { threshold: undefined, share: formatShare(language, reached) }
      : formatBeside(language, quorum, reached);
  const required = Number.isInteger(quorumPercentage) ? formatPercentage(language, quorumPercentage, 0) : threshold;
  const quorumWords = threshold === undefined ? undefined : t.chart.quorum(required ?? threshold);

  const closesMs = Date.parse(election.closes_at);
  const { fromMs, untilMs } = timeAxis(line, Date.parse(election.opens_at), closesMs);
  const { atMs: lastMs, percentage } = line.at(-1) ?? { atMs: fromMs, percentage: 0 };
  const shares = marksUpTo(Math.max(percentage, quorumPercentage));
  const most = shares.at(-1) ?? 1;
  const xOf = (atMs: number): number => ((atMs - fromMs) / Math.max(1, untilMs - fromMs)) * 100;
  const yOf = (shareOfRoll: number): number => 100 - (shareOfRoll / most) * 100;
  const hasClosing = untilMs >= closesMs;
  const stepMs = timeStepMs(fromMs, untilMs, MOST_TIME_STEPS);
  const times = timeMarks(fromMs, untilMs, stepMs, minutesAhead(timeZone, fromMs) * 60_000);
  const through = line.map((point) => `${xOf(point.atMs).toFixed(2)} ${yOf(point.percentage).toFixed(2)}`);

  const instant = (atMs: number): string => formatInstant(language, atMs, timeZone);
  const summary = t.chart.summary(instant(line[0]?.atMs ?? fromMs), instant(lastMs), share);
  const also = [...(quorumWords ? [quorumWords] : []), t.chart.closing(instant(closesMs))];
  const end = { "--at": `${xOf(lastMs)}%`, "--down": `${yOf(percentage)}%` };
  return (
    <div class="chart-frame" role="img" aria-label={[summary, ...also.map((one) => sentences`${one}.`)].join(" ")}>
      {shares.map((one) => (
        <span key={one} class="chart-share" style={{ "--share-of-height": String(yOf(one) / 100) }}>
          {formatPercentage(language, one, most < 5 ? 1 : 0)}
        </span>
      ))}
      <div class="chart-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {shares
            .filter((one) => quorum === undefined || one !== quorumPercentage)
            .map((one) => (
              <path key={one} d={`M0 ${yOf(one)}H100`} />
            ))}
          {times.map((atMs) => (
            <path key={atMs} d={`M${xOf(atMs)} 0V100`} />
          ))}
          {hasClosing && <path class="chart-closing" d={`M${xOf(closesMs)} 0V100`} />}
          {quorum && <path class="chart-quorum" d={`M0 ${yOf(quorumPercentage)}H100`} />}
          <path class="chart-line" d={`M${through.join("L")}`} />
        </svg>
        <span class="chart-time" style={{ "--at": "0%" }}>
          {formatTime(language, fromMs, timeZone)}
        </span>
        {times
          .filter((atMs) => xOf(atMs) >= BETWEEN.from && xOf(atMs) <= BETWEEN.to)
          .map((atMs) => (
            <span key={atMs} class="chart-time chart-between" style={{ "--at": `${xOf(atMs)}%` }}>
              {formatTimeMark(language, atMs, stepMs, timeZone)}
            </span>
          ))}
        <span class="chart-time chart-closes" style={{ "--at": hasClosing ? `${xOf(closesMs)}%` : "100%" }}>
          {hasClosing
            ? t.chart.closing(formatTime(language, closesMs, timeZone))
            : t.chart.laterClosing(formatTimeMark(language, closesMs, DAY_MS, timeZone))}
        </span>
        {quorumWords && (
          <span
            class="chart-label"
            style={{ "--at": xOf(lastMs) < 50 ? "100%" : "0%", "--down": `${yOf(quorumPercentage)}%` }}
          >
            {quorumWords}
          </span>
        )}
        <span class="chart-dot" style={end} />
        <span class="chart-label chart-end" style={end}>
          {share}
        </span>
      </div>
    </div>
  );
}

function TurnoutTable({
  timeZone,
  turnout: { points, on_roll: onRoll },
  untilMs,
}: Readonly<{ timeZone: string; turnout: TurnoutOverTime; untilMs: number }>) {
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
              <th scope="row">{formatInstant(language, Math.min(Date.parse(until), untilMs), timeZone)}</th>
              <td>{formatCount(language, ballots)}</td>
              <td>{formatShare(language, { part: ballots, whole: onRoll })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
