import type { BallotContext } from "#core/trustees/ballot.ts";
import type { TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import type { BatchPlace } from "#core/trustees/bundle/layout.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import type { BatchContext } from "#core/trustees/encrypted-batch.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import type { OpeningContext } from "#core/trustees/opening-proof.ts";
import type { MixContext } from "#core/trustees/shuffle-challenges.ts";

/** What ballots, mixes and openings of a bundle are proved for. */

/** For which ballot a line of the box is proved and signed. */
export const lineContext = (
  { publicKey, ballotDigest, electionId }: Ceremony,
  { regionId, voterKey }: Pick<TrusteeBoxLine, "regionId" | "voterKey">,
): BallotContext => ({
  ...{ publicKey: bytesIn(publicKey), ballotDigest: bytesIn(ballotDigest) },
  ...{ electionId, regionId, voterKey },
});

type Place = Pick<BatchPlace, "regionId" | "batch">;

const batchContextOf = (ceremony: Ceremony, { regionId, batch }: Place): BatchContext => ({
  ceremony: ceremonyDigest(recordIn(ceremony)),
  publicKey: bytesIn(ceremony.publicKey),
  electionId: ceremony.electionId,
  ...{ regionId, batch },
});

/** @param mix from 1, as in the names of files; the proof counts from 0 */
export const mixContextOf = (ceremony: Ceremony, mix: number, trustee: number, place: Place): MixContext => ({
  ...batchContextOf(ceremony, place),
  mix: mix - 1,
  mixer: itemAt(ceremony.trustees, trustee - 1).name,
});

export function openingContextOf(ceremony: Ceremony, trustee: number, place: Place): OpeningContext {
  const { name, verifyingKey } = itemAt(ceremony.trustees, trustee - 1);
  return { ...batchContextOf(ceremony, place), trustee, name, verifyingKey: bytesIn(verifyingKey) };
}
