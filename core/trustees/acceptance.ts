import type { Verifier } from "#core/trustees/card-key.ts";
import { transcript } from "#core/trustees/transcript.ts";

/**
 * What the office signs when it accepts a ballot: proof for a voter whose ballot is not in the box afterwards. The key does nothing
 * else, and its public part stands in the opening statement.
 */

export type Acceptance = Readonly<{
  electionId: string;
  trackingCode: string;
  /** ISO 8601, UTC, cut to the minute. */
  minute: string;
}>;

/** The bytes that are signed, by Ed25519. */
export const acceptanceBytes = ({ electionId, trackingCode, minute }: Acceptance): Uint8Array =>
  transcript("scrutin/v2/accepted", electionId, trackingCode, minute);

/** Whether the holder of an election's acknowledgement key, 32 bytes, accepted this ballot. */
export const isAcceptance = (
  verify: Verifier,
  acknowledgementKey: Uint8Array,
  accepted: Acceptance,
  signature: Uint8Array,
): boolean => verify(acknowledgementKey, acceptanceBytes(accepted), signature);
