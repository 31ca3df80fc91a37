import type { KeyObject } from "node:crypto";
import { contestRegionIds } from "#core/contest.ts";
import type { Election } from "#core/election.ts";
import type { Opener } from "#core/envelope.ts";
import { interpretBallot } from "#core/interpretation.ts";
import { SPOILED } from "#core/selection.ts";
import { isStamped, type Stamped } from "#storage/stamp.ts";
import { stampedStrike } from "#storage/strike-mark.ts";

/** What a stored ballot counts as, and where. */
export type ReadBallot = Readonly<{
  regionId: string;
  /** Its selection as written, SPOILED, or SEALED. */
  interpretation: string;
  /** Whether `submit` handed it on as it is; where voters sign, whether its voter key signed it. */
  isStamped: boolean;
}>;

/** The tally and every recount read ballots through this, so they cannot differ. Undefined for a mark that an officer stamped. */
export type BallotReader = (ballot: Stamped) => Promise<ReadBallot | undefined>;

/** Whether a stored item is a ballot that `submit` handed on as it is, and no mark of an officer. */
export function isReceived(stampKey: KeyObject, stored: Stamped): boolean {
  return isStamped(stampKey, stored) && stampedStrike(stampKey, stored) === undefined;
}

/**
 * A reader of one election's ballots. One without its stamp was written by somebody else, and nothing that it says is
 * believed: it is spoiled, in the first region if its own does not exist. Rejects for a stamped ballot while the opening is not
 * known.
 */
export function ballotReader(
  { definition, opening }: Pick<Election, "definition" | "opening">,
  open: Opener,
  stampKey: KeyObject,
): BallotReader {
  const regionIds = contestRegionIds(definition);
  const known = new Set(regionIds);
  return async (ballot) => {
    // Neither `submit` nor an officer stamps anything for a region that is not there.
    const isInRegion = known.has(ballot.regionId);
    if (isInRegion && stampedStrike(stampKey, ballot) !== undefined) return undefined;
    if (isInRegion && isStamped(stampKey, ballot)) {
      // `submit` takes no ballot before: this reader's election was read earlier, and a later reading will tell.
      if (opening === undefined) throw new Error(`the opening of election ${definition.electionId} is not known yet`);
      const interpretation = await interpretBallot(open, { definition, opening }, ballot.regionId, ballot);
      return { regionId: ballot.regionId, interpretation, isStamped: true };
    }
    const regionId = isInRegion ? ballot.regionId : (regionIds[0] ?? "");
    return { regionId, interpretation: SPOILED, isStamped: false };
  };
}
