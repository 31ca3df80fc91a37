import { turnoutStep } from "#core/turnout.ts";
import type { InterpretedBallot } from "#storage/increment.ts";

/**
 * The tally counts each ballot a second time, by the quarter of an hour it was cast in and behind a fence of the same kind, on a
 * sheet that stands beside the results' and says nothing of what was chosen.
 */

/** Turnout's sheet, and what stands there for a region. No region has this name: an identifier begins with a letter or digit. */
export const TURNOUT = "@turnout";

/** Whether a sheet's key is of turnout rather than of results. */
export function isTurnout(sheet: string): boolean {
  return sheet.endsWith(TURNOUT);
}

/** A ballot as turnout counts it: by when it was cast, without its region or selection. */
export function towardsTurnout(
  ballot: Readonly<{ sequenceNumber: string; electionId: string; castAt: string }>,
): InterpretedBallot {
  const { sequenceNumber, electionId, castAt } = ballot;
  return { sequenceNumber, electionId, regionId: TURNOUT, interpretation: turnoutStep(castAt) };
}
