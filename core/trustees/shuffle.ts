import { type EncryptedBallot, encryptedBallot, isBatchSize } from "#core/trustees/encrypted-batch.ts";
import { allHold, type Equation } from "#core/trustees/equations.ts";
import { add, decodePoint, multiply, type RandomBytes, type Scalar } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { randomPermutation } from "#core/trustees/permutation.ts";
import type { MixContext, MixStatement } from "#core/trustees/shuffle-challenges.ts";
import { shuffleEquations } from "#core/trustees/shuffle-equations.ts";
import { readShuffleProof } from "#core/trustees/shuffle-proof.ts";
import {
  commitToPermutation,
  type MixKeys,
  mixKeys,
  proveShuffle,
  randomScalars,
} from "#core/trustees/shuffle-prover.ts";

/**
 * A mix: a batch's ballots, encrypted anew and in another order, with a proof that none was replaced, dropped or doubled.
 *
 * Output i is input j = ψ(i), encrypted anew: A'_i = A_j + ρ_i·G, B'_i = B_j + ρ_i·Y (CHVote, GenShuffle). The proof is that of Terelius and
 * Wikström ("Proofs of restricted shuffles", Africacrypt 2010) in the form of Haenni, Locher, Koenig, Dubuis ("Pseudo-code algorithms for
 * verifiable re-encryption mix-nets", Voting 2017) and of the CHVote specification. Written additively, with G the base, H and h_i generators (see
 * generators.ts), and Y the trustees' key:
 *
 *   c_j = r_j·G + h_i, for j = ψ(i)                  commits to ψ's matrix, column by column
 *   u_j = a weight, hashed of all the above          u'_i = u_j
 *   ĉ_i = r̂_i·G + u'_i·ĉ_(i-1), where ĉ_0 = H        a chain, whose end ĉ_n = r̂·G + Π u'_i·H commits to the product of the u'_i
 *   t_1 = ω_1·G    t_2 = ω_2·G    t_3 = ω_3·G + Σ ω'_i·h_i    t̂_i = ω̂_i·G + ω'_i·ĉ_(i-1)
 *   t_A = Σ ω'_i·A'_i - ω_4·G     t_B = Σ ω'_i·B'_i - ω_4·Y
 *   c = a challenge, hashed of all the above
 *   s_1 = ω_1 + c·Σ r_j    s_2 = ω_2 + c·r̂    s_3 = ω_3 + c·Σ u_j·r_j    s_4 = ω_4 + c·Σ u'_i·ρ_i
 *   ŝ_i = ω̂_i + c·r̂_i     s'_i = ω'_i + c·u'_i
 *
 * A matrix is a permutation's when each row sums to 1, and what it makes of random weights has the weights' own product: that is what
 * t_1 and t_2 hold; t_3 ties it to the c_j, and t_A and t_B tie it to the ballots.
 *
 * A batch of one is encrypted anew and proved as any other, and hides nothing.
 */

export type Mixed = Readonly<{ outputs: readonly EncryptedBallot[]; proof: Uint8Array }>;

function encryptAnew({ G, Y }: MixKeys, { A, B }: EncryptedBallot, factor: Scalar): EncryptedBallot {
  return encryptedBallot({ A: add(A, multiply(G, factor)), B: add(B, multiply(Y, factor)) });
}

/** Mixes a batch. Throws RangeError for a public key that is none, and for a batch that is empty or too long. */
export function mix(context: MixContext, inputs: readonly EncryptedBallot[], random: RandomBytes): Mixed {
  const publicKey = decodePoint(context.publicKey);
  if (publicKey === undefined) throw new RangeError("the trustees' public key is no element of the group");
  if (!isBatchSize(inputs.length)) throw new RangeError(`a batch of ${inputs.length} ballots cannot be mixed`);
  const keys = mixKeys(publicKey, inputs.length);
  const order = randomPermutation(inputs.length, random);
  const factors = randomScalars(inputs.length, random);
  const outputs = order.map((input, place) => encryptAnew(keys, itemAt(inputs, input), itemAt(factors, place)));
  const committed = commitToPermutation(keys, order, random);
  return { outputs, proof: proveShuffle(keys, { context, inputs, outputs }, { order, factors }, committed, random) };
}

/** What must hold for the proof to be true of this mix. Undefined when its bytes are no proof, or sizes or public key are impossible. */
export function mixEquations(statement: MixStatement, proof: Uint8Array): readonly Equation[] | undefined {
  const { context, inputs, outputs } = statement;
  if (!isBatchSize(inputs.length) || outputs.length !== inputs.length) return undefined;
  const publicKey = decodePoint(context.publicKey);
  const read = readShuffleProof(proof, inputs.length);
  return publicKey && read && shuffleEquations(statement, publicKey, read);
}

/** Whether the outputs are the inputs, each once, encrypted anew. */
export function isMixed(statement: MixStatement, proof: Uint8Array, random: RandomBytes): boolean {
  const equations = mixEquations(statement, proof);
  return equations !== undefined && allHold(equations, random);
}
