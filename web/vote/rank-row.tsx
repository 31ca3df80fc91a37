import { useMessages } from "#web/messages/catalogue.ts";

export type Name = Readonly<{
  candidateId: string;
  name: string;
  party: string;
  colour: string | null;
  isOut: boolean;
}>;

export type Moves = Readonly<{
  place: (name: Name, rank: number, control: "up" | "down" | "rank" | "drag") => void;
  remove: (name: Name) => void;
  take: (event: PointerEvent, candidateId: string) => void;
  dragged: string | undefined;
}>;

const styleOf = ({ colour }: Name) => (colour === null ? {} : { "--party": colour });
const classOf = ({ candidateId }: Name, { dragged }: Moves): string =>
  candidateId === dragged ? "rank-row dragged" : "rank-row";

/** A ranked name with its number, from 1 to `ranks`. */
export function RankedRow({
  name,
  rank,
  ranks,
  moves,
}: Readonly<{ name: Name; rank: number; ranks: number; moves: Moves }>) {
  const t = useMessages();
  const { candidateId } = name;
  const isFirst = rank === 1;
  const isLast = rank === ranks;
  return (
    <li class={classOf(name, moves)} style={styleOf(name)} data-row={candidateId} data-ranked>
      <select
        class="rank-number"
        aria-label={t.ranked.rankOf(name.name)}
        data-move={`rank ${candidateId}`}
        value={rank}
        onChange={(event) => moves.place(name, Number(event.currentTarget.value), "rank")}
      >
        {Array.from({ length: ranks }, (_, index) => (
          <option key={index} value={index + 1}>
            {index + 1}
          </option>
        ))}
      </select>
      <NameText {...name} />
      <span class="rank-moves">
        <MoveButton
          label={t.ranked.up(name.name)}
          move={`up ${candidateId}`}
          isIdle={isFirst}
          onMove={() => moves.place(name, rank - 1, "up")}
          path="M12 19V6M6 12l6-6 6 6"
        />
        <MoveButton
          label={t.ranked.down(name.name)}
          move={`down ${candidateId}`}
          isIdle={isLast}
          onMove={() => moves.place(name, rank + 1, "down")}
          path="M12 5v13M6 12l6 6 6-6"
        />
        <MoveButton
          label={t.ranked.remove(name.name)}
          move={`remove ${candidateId}`}
          isIdle={false}
          onMove={() => moves.remove(name)}
          path="M6 6l12 12M18 6 6 18"
        />
        <Handle
          name={name}
          moves={moves}
          onUp={() => !isFirst && moves.place(name, rank - 1, "drag")}
          onDown={() => !isLast && moves.place(name, rank + 1, "drag")}
        />
      </span>
    </li>
  );
}

/** A name that is not ranked, with the button that gives it the next rank. */
export function UnrankedRow({
  name,
  nextRank,
  isFull,
  moves,
}: Readonly<{ name: Name; nextRank: number; isFull: boolean; moves: Moves }>) {
  const t = useMessages();
  const { candidateId } = name;
  return (
    <li class={classOf(name, moves)} style={styleOf(name)} data-row={candidateId}>
      <NameText {...name} />
      <span class="rank-moves">
        <button
          type="button"
          class="button"
          data-move={`add ${candidateId}`}
          disabled={isFull}
          aria-label={`${t.ranked.rank(nextRank)}, ${name.name}`}
          onClick={() => moves.place(name, nextRank, "rank")}
        >
          {t.ranked.rank(nextRank)}
        </button>
        {!isFull && <Handle name={name} moves={moves} onUp={() => moves.place(name, nextRank, "drag")} />}
      </span>
    </li>
  );
}

function NameText({ name, party }: Name) {
  return (
    <span class="rank-name">
      <span class="mark-name">{name}</span>
      <span class="mark-party">{party}</span>
    </span>
  );
}

/** The arrow keys do the same. */
function Handle({
  name,
  moves,
  onUp,
  onDown,
}: Readonly<{ name: Name; moves: Moves; onUp: () => void; onDown?: () => void }>) {
  const t = useMessages();
  const label = t.ranked.move(name.name);
  return (
    <button
      type="button"
      class="icon-button handle"
      aria-label={label}
      title={label}
      data-move={`drag ${name.candidateId}`}
      onPointerDown={(event) => moves.take(event, name.candidateId)}
      onKeyDown={(event) => {
        const move = event.key === "ArrowUp" ? onUp : event.key === "ArrowDown" ? onDown : undefined;
        if (move === undefined) return;
        event.preventDefault();
        move();
      }}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M9 6v0M15 6v0M9 12v0M15 12v0M9 18v0M15 18v0" />
      </svg>
    </button>
  );
}

/** At the end it does nothing, but keeps its place and focus. */
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
