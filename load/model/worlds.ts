import type { CastBallot, World } from "#load/model/state.ts";

/** The worlds that are explored: small, and together each fault with each other. */

const oui = (voter: number): CastBallot => ({ voter, selection: "oui" });
const non = (voter: number): CastBallot => ({ voter, selection: "non" });

export const SMALL_WORLDS: readonly World[] = [
  {
    name: "a voter with two different ballots; one death, one repetition",
    ballots: [oui(0), non(0)],
    isCast: false,
    crashes: 1,
    repeats: 1,
  },
  {
    name: "two voters; one death, one repetition",
    ballots: [oui(0), oui(1)],
    isCast: false,
    crashes: 1,
    repeats: 1,
  },
  {
    name: "three ballots in the box to count; two deaths, two repetitions",
    ballots: [oui(0), non(1), oui(2)],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
];

/** Half a minute of work, and a gigabyte and a half of memory. */
export const LARGE_WORLDS: readonly World[] = [
  {
    name: "two voters; one death, two repetitions",
    ballots: [oui(0), oui(1)],
    isCast: false,
    crashes: 1,
    repeats: 2,
  },
  {
    name: "two voters, one of them with two ballots; one repetition",
    ballots: [oui(0), non(0), oui(1)],
    isCast: false,
    crashes: 0,
    repeats: 1,
  },
  {
    name: "four ballots in the box to count; two deaths, two repetitions",
    ballots: [oui(0), non(1), oui(2), oui(3)],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
];
