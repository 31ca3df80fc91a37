import { turnoutStep } from "#core/turnout.ts";
import type { InterpretedBallot } from "#storage/increment.ts";

/**
 * The tally counts each ballot a second time, by the quarter-hour in which it was cast, behind a fence of its own, on a sheet
 * that says nothing of what was chosen.
 */

/** Turnout's sheet, and its name in place of a region. No region's id begins so: identifiers begin with a letter or digit. */
export const TURNOUT = "@turnout";

/** Whether a sheet is turnout's. */
export function isTurnout(sheet: string): boolean {
  return sheet.endsWith(TURNOUT);
}

/** A ballot as turnout counts it: by when it was cast, without region or selection. */
export function towardsTurnout(
  ballot: Readonly<{ sequenceNumber: string; electionId: string; castAt: string }>,
): InterpretedBallot {
  const { sequenceNumber, electionId, castAt } = ballot;
  return { sequenceNumber, electionId, regionId: TURNOUT, interpretation: turnoutStep(castAt) };
}
