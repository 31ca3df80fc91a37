import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { candidatesIn, partyOf, type RaceDefinition } from "#core/contest.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-step.tsx";
import { placeAt, type Ranking, rankOf, takeOut } from "#web/vote/ranking.ts";

type RankedDefinition = Extract<RaceDefinition, { votingMethod: "ranked_choice" }>;

/** A name on the ballot: who it is, and the party beside it. */
type Name = Readonly<{ candidateId: string; name: string; party: string; colour: string | null }>;

/**
 * Names that move into numbered ranks: by their buttons, or by choosing a rank's number. Every move is said in words
 * for those who do not see it, and the focus stays with the name that moved.
 */
export function RankedBallot({ definition, regionId, selection, mark }: BallotProps<RankedDefinition>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const ballot = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<{ focus: string; said: string }>();

  const names = candidatesIn(definition, regionId).map((candidate): Name => {
    const { party, colour } = partyOf(definition, candidate);
    return {
      candidateId: candidate.candidateId,
      name: `${candidate.firstName} ${candidate.lastName}`,
      party: party === null ? t.ballot.independent : inLanguage(party),
      colour,
    };
  });
  const ranking: Ranking = selection?.kind === "ranking" ? selection.candidateIds : [];
  const ranked = ranking.flatMap((id) => names.find(({ candidateId }) => candidateId === id) ?? []);
  const others = names.filter(({ candidateId }) => rankOf(ranking, candidateId) === undefined);
  const isFull = ranking.length >= definition.maxRankings;

  useLayoutEffect(() => {
    if (moved !== undefined) ballot.current?.querySelector<HTMLElement>(`[data-move="${moved.focus}"]`)?.focus();
  }, [moved]);

  /** Moves a name to a rank and keeps the focus on the control that was used, where it still is. */
  const place = ({ candidateId, name }: Name, rank: number, control: "up" | "down" | "rank"): void => {
    const changed = placeAt(ranking, candidateId, rank);
    mark({ kind: "ranking", candidateIds: changed });
    const now = rankOf(changed, candidateId) ?? rank;
    setMoved({ focus: `${control} ${candidateId}`, said: t.ranked.placed(name, now) });
  };
  const remove = ({ candidateId, name }: Name): void => {
    mark({ kind: "ranking", candidateIds: takeOut(ranking, candidateId) });
    setMoved({ focus: `add ${candidateId}`, said: t.ranked.removed(name) });
  };

  return (
    <div ref={ballot} class="ranked">
      <p class="visually-hidden" role="status">
        {moved?.said}
      </p>
      <h2>{t.ranked.yours}</h2>
      {ranked.length === 0 && <p class="quiet">{t.ranked.empty}</p>}
      <ol class="ranks">
        {ranked.map((name, index) => (
          <li key={name.candidateId} class="rank-row" style={name.colour === null ? {} : { "--party": name.colour }}>
            <select
              class="rank-number"
              aria-label={t.ranked.rankOf(name.name)}
              data-move={`rank ${name.candidateId}`}
              value={index + 1}
              onChange={(event) => place(name, Number(event.currentTarget.value), "rank")}
            >
              {ranked.map((_, other) => (
                <option key={other} value={other + 1}>
                  {other + 1}
                </option>
              ))}
            </select>
            <span class="rank-name">
              <span class="mark-name">{name.name}</span>
              <span class="mark-party">{name.party}</span>
            </span>
            <span class="rank-moves">
              <MoveButton
                label={t.ranked.up(name.name)}
                move={`up ${name.candidateId}`}
                isIdle={index === 0}
                onMove={() => place(name, index, "up")}
                path="M12 19V6M6 12l6-6 6 6"
              />
              <MoveButton
                label={t.ranked.down(name.name)}
                move={`down ${name.candidateId}`}
                isIdle={index === ranked.length - 1}
                onMove={() => place(name, index + 2, "down")}
                path="M12 5v13M6 12l6 6 6-6"
              />
              <MoveButton
                label={t.ranked.remove(name.name)}
                move={`remove ${name.candidateId}`}
                isIdle={false}
                onMove={() => remove(name)}
                path="M6 6l12 12M18 6 6 18"
              />
            </span>
          </li>
        ))}
      </ol>
      {others.length > 0 && <h2>{t.ranked.others}</h2>}
      {isFull && others.length > 0 && <p class="quiet">{t.ranked.full(definition.maxRankings)}</p>}
      <ul class="ranks">
        {others.map((name) => (
          <li key={name.candidateId} class="rank-row" style={name.colour === null ? {} : { "--party": name.colour }}>
            <span class="rank-name">
              <span class="mark-name">{name.name}</span>
              <span class="mark-party">{name.party}</span>
            </span>
            <button
              type="button"
              class="button"
              data-move={`add ${name.candidateId}`}
              disabled={isFull}
              aria-label={`${t.ranked.rank(ranking.length + 1)}, ${name.name}`}
              onClick={() => place(name, ranking.length + 1, "rank")}
            >
              {t.ranked.rank(ranking.length + 1)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A button that moves a name. At the end of its way it does nothing but keeps its place and the focus. */
function MoveButton({
  label,
  move,
  isIdle,
  onMove,
  path,
}: Readonly<{ label: string; move: string; isIdle: boolean; onMove: () => void; path: string }>) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={isIdle}
      data-move={move}
      onClick={() => !isIdle && onMove()}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
