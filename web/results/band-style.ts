import { fillOf } from "#web/results/colour.ts";
import type { BandId } from "#web/results/flow.ts";

/** Bands by a pattern as well as a colour: neighbours may be of one party, or of none. */

/** In tiles: a gradient that repeats itself is printed at the wrong scale. */
const TILE = "0 0 / 6px 6px";
const lines = (degrees: number): string => `linear-gradient(${degrees}deg, currentColor 1.5px, #0000 0) ${TILE}`;
const slanted = (degrees: number): string =>
  `linear-gradient(${degrees}deg, currentColor 12%, #0000 0 50%, currentColor 0 62%, #0000 0) ${TILE}`;

const PATTERNS = [
  "none",
  slanted(45),
  lines(0),
  lines(90),
  slanted(135),
  `${lines(0)}, ${lines(90)}`,
  `${slanted(45)}, ${slanted(135)}`,
  `radial-gradient(currentColor 1.5px, #0000 2px) ${TILE}`,
];
type Candidates = readonly Readonly<{ candidate_id: string; colour: string | null }>[];

/** CSS properties of a candidate's band: the colours of the party, and a pattern by the place on the ballot. */
export function bandStyle(candidates: Candidates, id: BandId): Readonly<Record<string, string>> {
  const place = candidates.findIndex(({ candidate_id }) => candidate_id === id);
  return { ...fillOf(candidates[place]?.colour ?? null), "--pattern": PATTERNS[place % PATTERNS.length] ?? "none" };
}
