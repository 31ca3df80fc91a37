import { fromBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { Election } from "#core/election.ts";
import { SEALED, SPOILED } from "#core/selection.ts";
import type { BallotReader } from "#storage/ballot-reader.ts";
import { isSignedBy } from "#storage/ed25519.ts";
import type { Stamped } from "#storage/stamp.ts";

/**
 * Reads stored ballots that trustees will open, without a key: who counts them needs none. A ballot is its voter's when the voter key in
 * it signed it for this election and region, and its tracking code fits. Whether that key is on the roll, and the ballot proved, is for whoever
 * seals the box: until then somebody who can write to the table could add to the turnout, and to nothing else.
 */

/** As `submit` writes it. What is none could be counted in no quarter-hour. */
const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/;

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** A reader of one election's ballots. Throws for an election without a ceremony. */
export function signedBallotReader({ definition, ceremony }: Election): BallotReader {
  if (ceremony === undefined) throw new Error(`election ${definition.electionId} has no ceremony`);
  const regionIds = contestRegionIds(definition);
  const known = new Set(regionIds);

  const isVoters = async (ballot: Stamped): Promise<boolean> => {
    const { hash: voterKey, regionId, oneTimeKey, envelope, signature, trackingCode, castAt } = ballot;
    const key = fromBase64Url(voterKey);
    if (signature === undefined || key?.length !== 32 || !sameBytes(key, oneTimeKey)) return false;
    if (!MINUTE.test(castAt) || Number.isNaN(Date.parse(castAt))) return false;
    // Loaded with the first such ballot: it brings the group's arithmetic.
    const [{ ballotTrackingCode, isCast }, { contextOf }] = await Promise.all([
      import("#core/trustees/card-key.ts"),
      import("#core/trustees/context-of.ts"),
    ]);
    if (ballotTrackingCode(voterKey, envelope) !== trackingCode) return false;
    return isCast(isSignedBy, contextOf({ definition, ceremony }, regionId, voterKey), envelope, signature);
  };

  return async (ballot) => {
    const isInRegion = known.has(ballot.regionId);
    const isStamped = isInRegion && ballot.electionId === definition.electionId && (await isVoters(ballot));
    const regionId = isInRegion ? ballot.regionId : (regionIds[0] ?? "");
    return { regionId, interpretation: isStamped ? SEALED : SPOILED, isStamped };
  };
}
