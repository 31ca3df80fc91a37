import { createHash } from "node:crypto";
import type { Random } from "#load/shared/ballots.ts";

const RANGE = 2 ** 32;

/**
 * The same random numbers for the same seed and name: mulberry32, by Tommy Ettinger (public domain). Never for anything secret.
 */
export function seededRandom(seed: number, name: string): Random {
  let state = createHash("sha256").update(`${seed} ${name}`).digest().readUInt32LE(0);
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / RANGE) * bound);
  };
}
