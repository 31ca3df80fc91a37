import type { Random } from "#load/shared/ballots.ts";

/** Whose turn it is to post, in an order drawn at random: numbers, first of the voters, then of those who must never count. */

export type TurnCounts = Readonly<{
  voters: number;
  /** Voters who come a second time. */
  repeats: number;
  strangers: number;
  spam: number;
  /** Codes tried for the number of voter 0. */
  guesses: number;
}>;

/** Shuffles the first places, as far as the others need not be drawn. */
function shuffleFirst(numbers: Uint32Array, places: number, random: Random): void {
  for (let place = 0; place < places; place++) {
    const other = place + random(numbers.length - place);
    const [here = 0, there = 0] = [numbers[place], numbers[other]];
    numbers[place] = there;
    numbers[other] = here;
  }
}

/** Four bytes a turn. */
export function drawTurns({ voters, repeats, strangers, spam, guesses }: TurnCounts, random: Random): Uint32Array {
  const others = strangers + spam + guesses;
  const once = Uint32Array.from({ length: voters }, (_, number) => number);
  shuffleFirst(once, repeats, random);
  const turns = new Uint32Array(voters + repeats + others);
  turns.set(once);
  turns.set(once.subarray(0, repeats), voters);
  for (let other = 0; other < others; other++) turns[voters + repeats + other] = voters + other;
  shuffleFirst(turns, turns.length, random);
  if (guesses === 0) return turns;
  // The voter has voted before the guesses begin: later, the ballot would be received and its decision held back.
  let place = 0;
  for (const [at, number] of turns.entries()) {
    if (number !== 0) continue;
    turns[at] = turns[place] ?? 0;
    turns[place++] = 0;
  }
  return turns;
}
