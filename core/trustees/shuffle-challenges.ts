import {
  type BatchContext,
  batchContextParts,
  batchPart,
  type EncryptedBallot,
} from "#core/trustees/encrypted-batch.ts";
import type { Scalar } from "#core/trustees/group.ts";
import { type Announced, endPoints, linePoints } from "#core/trustees/shuffle-proof.ts";
import { challenge, transcript, uint32 } from "#core/trustees/transcript.ts";

/**
 * What mixer and verifier hash in a proof of shuffle (CHVote, GetChallenges and GetChallenge, with a context).
 *
 * The statement is the 64 bytes of H(context, inputs, outputs, c), so each challenge is of all that. The weights u_j hash the
 * statement and j, from 0; the challenge c hashes it with ĉ, t̂ and t.
 */

/** Whose mix of which batch. */
export type MixContext = BatchContext &
  Readonly<{
    /** Which mix of the batch this is, from 0. */
    mix: number;
    /** Who mixes, as named by the ceremony. */
    mixer: string;
  }>;

export type MixStatement = Readonly<{
  context: MixContext;
  inputs: readonly EncryptedBallot[];
  outputs: readonly EncryptedBallot[];
}>;

/** `commitments` are the c_j, encoded. */
export const hashedStatement = (
  { context, inputs, outputs }: MixStatement,
  commitments: readonly Uint8Array[],
): Uint8Array =>
  transcript(
    "scrutin/v2/mix",
    ...batchContextParts(context),
    uint32(context.mix),
    context.mixer,
    batchPart(inputs),
    batchPart(outputs),
    commitments,
  );

/** u_j, one for each input. */
export const mixWeights = (statement: Uint8Array, ballots: number): readonly Scalar[] =>
  Array.from({ length: ballots }, (_, place) => challenge("scrutin/v2/mix-weight", statement, uint32(place)));

/** c. */
export const mixChallenge = (statement: Uint8Array, { lines, end }: Announced): Scalar =>
  challenge("scrutin/v2/mix-challenge", statement, lines.map(linePoints), endPoints(end));
