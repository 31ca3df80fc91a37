import { type Point, prepared } from "#core/trustees/group.ts";
import { generator, uint32 } from "#core/trustees/transcript.ts";

/**
 * The generators that mixers commit with: number i is generator("scrutin/v2/mix-generator", uint32(i)), so that nobody knows how one of them is a
 * multiple of another, or of G (CHVote, GetGenerators). Whoever knew could commit to what is no permutation and replace ballots:
 * Lewis, Pereira, Teague, "Ceci n'est pas une preuve", 2019, found such generators in the Swiss system.
 *
 * They are the same for all elections. Each is hashed once and kept: 16,385 of the largest batch.
 */

const kept: Point[] = [];

const hashed = (number: number): Point => generator("scrutin/v2/mix-generator", uint32(number));

/** H, number 0, with which the chain begins. */
let first: Point | undefined;
export function chainGenerator(): Point {
  first ??= prepared(hashed(0));
  return first;
}

/** h_1 to h_n, for a batch of n ballots. */
export function permutationGenerators(count: number): readonly Point[] {
  while (kept.length < count) kept.push(hashed(kept.length + 1));
  return kept.slice(0, count);
}
