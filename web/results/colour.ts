/** Party colours, adjusted so that bars show on the page and text on the bars. */

/** The paper of tokens.css by day and at night. */
export const PAPER = { day: "#fbfaf7", night: "#14161a" } as const;

/** For the answers to a law and for independents. */
export const YES_COLOUR = "#1d4ed8";
export const NEUTRAL_COLOUR = "#59564e";

/** WCAG 2.2, 1.4.11. */
const GRAPHIC_CONTRAST = 3;
/** Steps towards black or white. */
const STEPS = 32;

type Channels = readonly [red: number, green: number, blue: number];

function channelsOf(colour: string): Channels {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** Relative luminance of `#rrggbb`, 0 for black to 1 for white, as WCAG 2.2 defines it. */
function luminanceOf(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 (the same) to 21 (black on white), whichever stands first. */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better on a colour: 4.58 to 1 at the worst, and text asks for 4.5. */
export function textOn(colour: string): "#000000" | "#ffffff" {
  return contrastOf(colour, "#000000") >= contrastOf(colour, "#ffffff") ? "#000000" : "#ffffff";
}

/** A colour on its way to another, 0 to 1. */
function mixed(from: string, to: string, share: number): string {
  const target = channelsOf(to);
  const channels = channelsOf(from).map((channel, index) => channel + ((target[index] ?? 0) - channel) * share);
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

/** The colour if it has 3 to 1 against the page, otherwise moved only as far as needed. */
export function shownOn(paper: string, colour: string): string {
  const away = textOn(paper);
  for (let step = 0; step < STEPS; step++) {
    const moved = mixed(colour, away, step / STEPS);
    if (contrastOf(moved, paper) >= GRAPHIC_CONTRAST) return moved;
  }
  return away;
}

/** CSS properties for a party: its fill, an edge visible by day and night, and the text on it. */
export function fillOf(colour: string | null): Readonly<Record<string, string>> {
  const own = colour ?? NEUTRAL_COLOUR;
  return {
    "--own": own,
    "--edge-by-day": shownOn(PAPER.day, own),
    "--edge-at-night": shownOn(PAPER.night, own),
    "--text-on-own": textOn(own),
  };
}
