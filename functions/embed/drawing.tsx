import { NEUTRAL_COLOUR, PAPER, shownOn } from "#web/results/colour.ts";
import type { ToldBar } from "#web/results/told.ts";

/** Bars as the page and the picture both draw them, without styles: the page's policy allows one style sheet and no others. */

type Theme = keyof typeof PAPER;

/** Lines on either side, as an element takes them. */
type Place = Readonly<{ x?: number; y?: number; width: number | string; height: number }>;

/** The track, and the line of the share that is needed. */
const LINES: Readonly<Record<Theme, Readonly<{ track: string; needed: string }>>> = {
  day: { track: "#e9e5da", needed: "#1b1a17" },
  night: { track: "#2a2e36", needed: "#eceae4" },
};

/** A share as a bar in a party's colour. Its figures always stand beside it. */
export function BarDrawing({
  bar: { colour, percentage, needed },
  themes,
  ...place
}: Place & Readonly<{ bar: ToldBar; themes: readonly Theme[] }>) {
  return (
    <svg {...place} aria-hidden="true">
      {themes.map((theme) => (
        <g key={theme} class={theme}>
          <rect width="100%" height="100%" fill={LINES[theme].track} />
          <rect width={`${percentage}%`} height="100%" fill={shownOn(PAPER[theme], colour ?? NEUTRAL_COLOUR)} />
          {needed !== undefined && (
            <rect x={`${Math.min(99.5, needed.percentage)}%`} width="3" height="100%" fill={LINES[theme].needed} />
          )}
        </g>
      ))}
    </svg>
  );
}
