import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Tick } from "#web/results/bar.tsx";
import { fillOf } from "#web/results/colour.ts";
import { type Flow, flowOf, type Lane, NODE_WIDTH } from "#web/results/flow.ts";

type Props = Readonly<{ rounds: readonly RoundResult[]; results: ElectionResults }>;

/** In units of the reader's font, so that names and lanes grow together. */
export function FlowPicture({ rounds, results: { candidates, outcome } }: Props) {
  const t = useResultsMessages();
  const language = useLanguage();
  const electedId = outcome?.kind === "elected" ? outcome.candidate_ids[0] : undefined;
  const flow = flowOf(rounds, electedId);
  const colourOf = (id: string | null): string | null =>
    candidates.find(({ candidate_id }) => candidate_id === id)?.colour ?? null;
  const nameOf = ({ id }: Lane): string =>
    id === null ? t.rounds.exhausted : (candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id);
  /** The votes a lane ends with: at the end, or when its candidate goes out. */
  const finalVotes = ({ id }: Lane): number => {
    if (id === null) return rounds.at(-1)?.exhausted ?? 0;
    const standing = rounds.flatMap((round) => round.candidates.filter(({ candidate_id }) => candidate_id === id));
    return standing.at(-1)?.votes ?? 0;
  };
  return (
    <figure class="flow">
      <RoundNumbers count={rounds.length} />
      <div
        class="flow-drawing"
        role="img"
        aria-label={t.rounds.picture(rounds.length)}
        style={{ "--height": String(flow.height) }}
      >
        <Drawing flow={flow} colourOf={colourOf} />
        {flow.lanes.map((lane) => (
          <p key={lane.id} class="flow-name" style={{ "--top": String(lane.top) }}>
            <span>
              {lane.id !== null && outcome?.elected.includes(lane.id) && <Tick />}
              {nameOf(lane)}
            </span>
            <span>{formatCount(language, finalVotes(lane))}</span>
          </p>
        ))}
      </div>
      <figcaption class="quiet">
        {rounds.some(({ surplus_of }) => surplus_of !== undefined) ? t.rounds.keySurplus : t.rounds.key}
      </figcaption>
    </figure>
  );
}

/** More would collide on a phone. */
const MOST_NUMBERS = 12;
const MOST_WORDS = 4;

function RoundNumbers({ count }: Readonly<{ count: number }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const every = Math.ceil(count / MOST_NUMBERS);
  const numbers = Array.from({ length: count }, (_, index) => index + 1).filter(
    (round) => (count - round) % every === 0,
  );
  return (
    <div class="flow-rounds" aria-hidden="true">
      {numbers.map((round) => (
        <span key={round} style={{ "--at": String(((round - 1) / (count - 1)) * 100) }}>
          {round === 1 && count <= MOST_WORDS ? t.rounds.round(round) : formatCount(language, round)}
        </span>
      ))}
    </div>
  );
}

function Drawing({ flow, colourOf }: Readonly<{ flow: Flow; colourOf: (id: string | null) => string | null }>) {
  return (
    <svg viewBox={`0 0 100 ${flow.height}`} preserveAspectRatio="none" aria-hidden="true">
      {flow.ribbons.map(({ from, to, round, path }) => (
        <path
          key={`${from} ${to} ${round}`}
          class={from === to ? "flow-band party-fill" : "flow-ribbon party-fill"}
          style={fillOf(colourOf(from))}
          d={path}
        />
      ))}
      {flow.nodes.map(({ id, round, x, y, depth }) => (
        <rect
          key={`${id} ${round}`}
          class="party-fill"
          style={fillOf(colourOf(id))}
          x={x}
          y={y}
          width={NODE_WIDTH}
          height={depth}
        />
      ))}
      <path class="flow-threshold" d={flow.threshold} />
    </svg>
  );
}
