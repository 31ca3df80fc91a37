import { fromBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { BallotContext } from "#core/trustees/ballot.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";

/** An election whose ballots trustees open, as far as ballots are bound to it. */
export type TrusteesElection = Readonly<{
  definition: Pick<ElectionDefinition, "electionId">;
  ceremony: Pick<Ceremony, "publicKey" | "ballotDigest">;
}>;

const NOTHING = new Uint8Array();

/** What a ballot in an election's region is proved for, by this voter key. */
export function contextOf(
  { definition, ceremony }: TrusteesElection,
  regionId: string,
  voterKey: string,
): BallotContext {
  return {
    publicKey: fromBase64Url(ceremony.publicKey) ?? NOTHING,
    ballotDigest: fromBase64Url(ceremony.ballotDigest) ?? NOTHING,
    electionId: definition.electionId,
    regionId,
    voterKey,
  };
}
