import { type RandomBytes, randomWeight } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/**
 * A uniform permutation of 0 to count - 1 (Durstenfeld, "Algorithm 235: random permutation", Communications of the ACM 7, 1964; CHVote,
 * GenPermutation). Each place is drawn from 128 bits, so that none is likelier by more than 2^-114.
 */
export function randomPermutation(count: number, random: RandomBytes): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const drawn = Number(randomWeight(random) % BigInt(last + 1));
    [places[last], places[drawn]] = [itemAt(places, drawn), itemAt(places, last)];
  }
  return places;
}
