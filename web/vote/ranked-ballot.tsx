import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { candidateName, candidatesIn, partyOf, type RankedDefinition } from "#core/contest.ts";
import { formatRank } from "#web/format.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { type Held, useDrag } from "#web/vote/drag.ts";
import { type Moves, type Name, RankedRow, UnrankedRow } from "#web/vote/rank-row.tsx";
import { placeAt, type Ranking, rankOf, takeOut } from "#web/vote/ranking.ts";
import "#web/styles/ranked.css";

/**
 * Ranking by drag, buttons, arrow keys or number. Every move is announced with the whole order, and focus stays with
 * the name.
 */
export function RankedBallot({ definition, regionId, selection, mark, children }: BallotProps<RankedDefinition>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const ballot = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<{ focus: string; said: string }>();

  const names = candidatesIn(definition, regionId).map((candidate): Name => {
    const { party, colour } = partyOf(definition, candidate);
    return {
      candidateId: candidate.candidateId,
      name: candidateName(candidate),
      party: candidate.withdrawnAt ? t.ballot.withdrawn : party === null ? t.ballot.independent : inLanguage(party),
      colour,
      isOut: !!candidate.withdrawnAt,
    };
  });
  const namesOf = (ids: Ranking): readonly Name[] =>
    ids.flatMap((id) => names.find(({ candidateId }) => candidateId === id) ?? []);
  const ranking: Ranking = selection?.kind === "ranking" ? selection.candidateIds : [];
  const ranked = namesOf(ranking);
  const others = names.filter(({ candidateId }) => rankOf(ranking, candidateId) === undefined);
  const isFull = ranking.length >= definition.maxRankings;

  useLayoutEffect(() => {
    if (moved !== undefined) ballot.current?.querySelector<HTMLElement>(`[data-move="${moved.focus}"]`)?.focus();
  }, [moved]);

  const sayOrder = (ids: Ranking): string => {
    const order = namesOf(ids).map(({ name }, index) => `${formatRank(language, index + 1)} ${name}`);
    return order.length === 0 ? t.ranked.nobody : t.ranked.order(order.join(", "));
  };
  const change = (candidateIds: Ranking): void => mark({ kind: "ranking", candidateIds });
  /** Announces the move and keeps focus on the control used, if it is still there. */
  const tell = ({ candidateId, name }: Name, now: Ranking, control: string): void => {
    const rank = rankOf(now, candidateId);
    const what = rank === undefined ? t.ranked.removed(name) : t.ranked.placed(name, rank);
    setMoved({ focus: `${control} ${candidateId}`, said: `${what} ${sayOrder(now)}` });
  };

  const hold = (candidateId: string, held: Held): void => {
    const rank = rankOf(ranking, candidateId);
    if (held === "outside" ? rank === undefined : held === rank || (rank === undefined && isFull)) return;
    change(held === "outside" ? takeOut(ranking, candidateId) : placeAt(ranking, candidateId, held));
  };
  const { dragged, take, listeners } = useDrag(ballot, hold, (candidateId) => {
    for (const name of namesOf([candidateId])) tell(name, ranking, "drag");
  });
  const moves: Moves = {
    place(name, rank, control) {
      const now = placeAt(ranking, name.candidateId, rank);
      change(now);
      tell(name, now, control);
    },
    remove(name) {
      const now = takeOut(ranking, name.candidateId);
      change(now);
      tell(name, now, "add");
    },
    take,
    dragged,
  };

  return (
    <>
      <div ref={ballot} class="ranked" {...listeners}>
        <p class="visually-hidden" role="status">
          {moved?.said}
        </p>
        <h2>{t.ranked.yours}</h2>
        {ranked.length === 0 && <p class="quiet">{t.ranked.empty}</p>}
        <ol class="ranks">
          {ranked.map((name, index) => (
            <RankedRow key={name.candidateId} name={name} rank={index + 1} ranks={ranked.length} moves={moves} />
          ))}
        </ol>
        {others.length > 0 && <h2 data-outside>{t.ranked.others}</h2>}
        {isFull && others.length > 0 && <p class="quiet">{t.ranked.full(definition.maxRankings)}</p>}
        <ul class="ranks">
          {others.map((name) => (
            <UnrankedRow
              key={name.candidateId}
              name={name}
              nextRank={ranking.length + 1}
              isFull={isFull || name.isOut}
              moves={moves}
            />
          ))}
        </ul>
      </div>
      {children}
    </>
  );
}
