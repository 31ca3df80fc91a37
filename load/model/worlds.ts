import { ElectionDefinition } from "#core/election.ts";
import type { CastBallot, World } from "#load/model/state.ts";

/** The worlds that are explored: small, and together each fault with each other. */

const text = (words: string) => ({ fr: words, en: words });
const common = { title: text("Model"), opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };

/** Its choices share a row. */
const LAW = ElectionDefinition.parse({
  ...common,
  electionId: "law",
  votingMethod: "referendum",
  question: text("Oui?"),
});

/** Each ranking has a row of its own. */
const RANKED = ElectionDefinition.parse({
  ...common,
  electionId: "ranked",
  votingMethod: "ranked_choice",
  maxRankings: 2,
  regions: [{ regionId: "1", name: text("Region") }],
  candidates: ["1", "2"].map((candidateId) => ({
    candidateId,
    firstName: "Candidate",
    lastName: candidateId,
    regionIds: ["1"],
  })),
});

const oui = (voter: number): CastBallot => ({ voter, selection: "oui" });
const non = (voter: number): CastBallot => ({ voter, selection: "non" });
const ranking = (voter: number, selection: string): CastBallot => ({ voter, selection });

export const SMALL_WORLDS: readonly World[] = [
  {
    name: "a voter with two different ballots; one death, one repetition",
    definition: LAW,
    ballots: [oui(0), non(0)],
    isCast: false,
    crashes: 1,
    repeats: 1,
  },
  {
    name: "two voters; one death, one repetition",
    definition: LAW,
    ballots: [oui(0), oui(1)],
    isCast: false,
    crashes: 1,
    repeats: 1,
  },
  {
    name: "three ballots in the box to count; two deaths, two repetitions",
    definition: LAW,
    ballots: [oui(0), non(1), oui(2)],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
  {
    name: "three rankings in the box to count, two of them alike; two deaths, two repetitions",
    definition: RANKED,
    ballots: [ranking(0, "1>2"), ranking(1, "2"), ranking(2, "1>2")],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
];

/** Half a minute of work, and a gigabyte and a half of memory. */
export const LARGE_WORLDS: readonly World[] = [
  {
    name: "two voters; one death, two repetitions",
    definition: LAW,
    ballots: [oui(0), oui(1)],
    isCast: false,
    crashes: 1,
    repeats: 2,
  },
  {
    name: "two voters, one of them with two ballots; one repetition",
    definition: LAW,
    ballots: [oui(0), non(0), oui(1)],
    isCast: false,
    crashes: 0,
    repeats: 1,
  },
  {
    name: "four ballots in the box to count; two deaths, two repetitions",
    definition: LAW,
    ballots: [oui(0), non(1), oui(2), oui(3)],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
  {
    name: "four rankings in the box to count, three of them alike; two deaths, two repetitions",
    definition: RANKED,
    ballots: [ranking(0, "1>2"), ranking(1, "2"), ranking(2, "1>2"), ranking(3, "1>2")],
    isCast: true,
    crashes: 2,
    repeats: 2,
  },
];
