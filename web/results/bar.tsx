import type { ComponentChildren } from "preact";
import { fillOf } from "#web/results/colour.ts";

/** So far in front of a line, a word at the end of a bar would run into it on the narrowest screen. */
const ROOM_FOR_TICK = 15;

/** From this share on the label fits on the bar on the narrowest screen. */
const ROOM_FOR_MARK = 50;

/** Decorative: a word always stands beside it. */
export function Tick() {
  return (
    <svg class="tick" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4.5 12.5 10 18 19.5 6.5" />
    </svg>
  );
}

/** Who leads, is elected or tied, in a word. */
export function Mark({ word }: Readonly<{ word: string }>) {
  return (
    <>
      <Tick />
      {word}
    </>
  );
}

/** A share (0 to 100) as a bar in a party's colour, with a word on it or beside it, and a line at the share that is needed. */
export function Bar({
  colour,
  percentage,
  mark,
  needed,
}: Readonly<{ colour: string | null; percentage: number; mark?: ComponentChildren; needed?: number | undefined }>) {
  const hasRoom = percentage >= ROOM_FOR_MARK;
  const isBeforeLine = needed !== undefined && needed > percentage && needed < percentage + ROOM_FOR_TICK;
  return (
    <div class="bar" style={{ "--percent": String(percentage) }}>
      <div class="bar-fill party-fill" style={fillOf(colour)}>
        {hasRoom && mark !== undefined && <span class="bar-mark">{mark}</span>}
      </div>
      {!hasRoom && mark !== undefined && (
        <span class="bar-mark beside" style={{ "--percent": String(isBeforeLine ? needed : percentage) }}>
          {mark}
        </span>
      )}
      {needed !== undefined && <div class="bar-needed" style={{ "--percent": String(needed) }} />}
    </div>
  );
}

export function BarRow({
  name,
  detail,
  share,
  count,
  children,
}: Readonly<{ name: string; detail?: ComponentChildren; share?: string; count: string; children: ComponentChildren }>) {
  return (
    <li class="tally-row">
      <p class="tally-name">
        <span class="mark-name">{name}</span>
        {detail !== undefined && <span class="mark-party">{detail}</span>}
      </p>
      <p class="tally-figures">
        {share !== undefined && <span class="tally-share">{share}</span>}
        <span class={share === undefined ? "tally-share" : "quiet"}>{count}</span>
      </p>
      {children}
    </li>
  );
}
