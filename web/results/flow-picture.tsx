import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useRoundsMessages } from "#web/messages/catalogue.ts";
import { bandStyle } from "#web/results/band-style.ts";
import { Tick } from "#web/results/bar.tsx";
import { type FlowRound, flowOf, ribbonPath } from "#web/results/flow.ts";
import { FlowLegend } from "#web/results/flow-legend.tsx";
import type { RoundWords } from "#web/results/round-words.ts";

/** With more, names stand in the first round and the last only, and the picture is less deep. */
const MOST_ROOMY = 8;

type Props = Readonly<{
  rounds: readonly RoundResult[];
  results: ElectionResults;
  words: RoundWords;
  /** The number of the round to point out, if there are several. */
  shown: number | undefined;
}>;

export function FlowPicture({ rounds, results, words, shown }: Props) {
  const t = useRoundsMessages();
  const { outcome } = results;
  const flow = flowOf(rounds, outcome?.kind === "elected" ? outcome.candidate_ids[0] : undefined);
  const isDense = rounds.length > MOST_ROOMY;
  return (
    <>
      <div
        class={isDense ? "flow-drawing dense" : "flow-drawing"}
        role="img"
        aria-label={t.rounds.picture(rounds.length)}
      >
        {flow.map((one, index) => {
          const round = rounds[index];
          if (round === undefined) return null;
          const isLast = index === rounds.length - 1;
          const elected = [
            ...rounds.slice(0, index + 1).flatMap(({ elected = [] }) => elected),
            ...(isLast ? (outcome?.elected ?? []) : []),
          ];
          const isNamed = !isDense || index === 0 || isLast;
          return (
            <div key={one.round} class={one.round === shown ? "flow-round shown" : "flow-round"}>
              <span class="flow-number">{one.round}</span>
              <div class="flow-lane">
                <Needed at={one.needed[0] ?? 0} votes={round.threshold} words={words} />
                <div class={isNamed ? "flow-bar named" : "flow-bar"}>
                  {one.bands.map((band) => (
                    <BandBox
                      key={band.id}
                      band={band}
                      results={results}
                      words={words}
                      isNamed={isNamed}
                      isElected={band.id !== null && elected.includes(band.id)}
                    />
                  ))}
                  {one.needed.map((x) => (
                    <i key={x} class="flow-needed" style={{ "--x": String(x) }} />
                  ))}
                </div>
                <Below flow={one} round={round} results={results} words={words} />
              </div>
            </div>
          );
        })}
      </div>
      <FlowLegend flow={flow} results={results} words={words} />
    </>
  );
}

/** What the line in the bar is. */
function Needed({ at, votes, words }: Readonly<{ at: number; votes: number; words: RoundWords }>) {
  const t = useRoundsMessages();
  const language = useLanguage();
  const name = words.isTransferable ? t.rounds.quota : t.rounds.majority;
  return (
    <p class="flow-label" style={{ "--x": String(at) }}>
      {t.rounds.labelled(name, formatCount(language, votes))}
    </p>
  );
}

type BandProps = Readonly<{
  band: FlowRound["bands"][number];
  results: ElectionResults;
  words: RoundWords;
  isNamed: boolean;
  isElected: boolean;
}>;

/** Where a name or a number does not fit, none is written: the tables have them all. */
function BandBox({ band: { id, votes, x, width, room }, results, words, isNamed, isElected }: BandProps) {
  const language = useLanguage();
  const count = formatCount(language, inTenths(votes));
  const name = words.nameOf(id);
  const place = {
    ...{ "--x": String(x), "--width": String(width) },
    ...{ "--start": String(room.start), "--room": String(room.width) },
  };
  return (
    <div
      class={id === null ? "flow-band exhausted" : "flow-band party-fill"}
      style={id === null ? place : { ...bandStyle(results.candidates, id), ...place }}
    >
      {isNamed && id !== null && (
        <span
          class="flow-name"
          style={{ "--letters": String(Math.min(name.length, NAMED_FROM) + (isElected ? 2 : 0)) }}
        >
          {isElected && <Tick />}
          {name}
        </span>
      )}
      <span class="flow-votes" style={{ "--letters": String(count.length) }}>
        {count}
      </span>
    </div>
  );
}

/** A name may be shortened to as many letters. */
const NAMED_FROM = 6;

type BelowProps = Readonly<{ flow: FlowRound; round: RoundResult; results: ElectionResults; words: RoundWords }>;

/** Fractions of votes in short, never as many as the quota where they are fewer. */
const inTenths = (votes: number): number => Math.floor(votes * 10) / 10;

/** Who is elected or goes out, with a line to the band, and the ribbons to the next round. */
function Below({ flow: { ribbons, leaders }, round, results, words }: BelowProps) {
  const t = useRoundsMessages();
  const language = useLanguage();
  const { elected = [], eliminated } = round;
  const votesOf = (id: string): number =>
    inTenths(round.candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? 0);
  const receives = (ids: readonly string[]): string =>
    ids.map((id) => t.rounds.receives(words.nameOf(id), votesOf(id))).join(", ");
  const told = [
    ...(elected.length > 0 ? [t.rounds.labelled(t.rounds.elected, receives(elected))] : []),
    ...(eliminated.length > 0 ? [t.rounds.labelled(t.rounds.out, receives(eliminated))] : []),
    ...(elected.length + eliminated.length === 0 && round.exhausted > 0
      ? [t.rounds.labelled(t.rounds.exhausted, formatCount(language, inTenths(round.exhausted)))]
      : []),
  ];
  return (
    <div class={ribbons.length > 0 ? "flow-below" : "flow-below last"}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {ribbons.map((ribbon) => (
          <path
            key={`${ribbon.from} ${ribbon.to}`}
            class={ribbon.from === ribbon.to ? "flow-stay" : "flow-ribbon"}
            style={ribbon.from === null ? {} : bandStyle(results.candidates, ribbon.from)}
            d={ribbonPath(ribbon)}
          />
        ))}
      </svg>
      {leaders.map((x) => (
        <i key={x} class="flow-leader" style={{ "--x": String(x) }} />
      ))}
      {told.length > 0 && (
        <p class="flow-label" style={{ "--x": String(leaders.reduce((sum, x) => sum + x, 0) / leaders.length) }}>
          {told.join(" ")}
        </p>
      )}
    </div>
  );
}
