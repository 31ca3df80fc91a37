import { ElectionDefinition } from "#core/election.ts";
import type { World } from "#load/model/state.ts";

/** The worlds that are explored: small, and together they combine each fault with each other. */

const text = (words: string) => ({ fr: words, en: words });
const common = { title: text("Model"), opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };

/** Its choices share a row. */
const LAW = ElectionDefinition.parse({
  ...common,
  electionId: "law",
  votingMethod: "referendum",
  question: text("Oui?"),
});

const REGION = {
  regions: [{ regionId: "1", name: text("Region") }],
  candidates: ["1", "2"].map((id) => ({ candidateId: id, firstName: "Candidate", lastName: id, regionIds: ["1"] })),
};

/** A ballot adds to several counts of one row. */
const CHOOSE = ElectionDefinition.parse({
  ...common,
  ...REGION,
  electionId: "choose",
  votingMethod: "choose",
  maxChoices: 2,
});

/** Each ranking has a row of its own. */
const RANKED = ElectionDefinition.parse({
  ...common,
  ...REGION,
  electionId: "ranked",
  votingMethod: "ranked_choice",
  maxRankings: 2,
});

/** Voters who cast ballots. @param ballots voter and selection, such as `0 oui, 1 non` */
function casting(name: string, ballots: string, crashes: number, repeats: number): World {
  const cast = ballots.split(", ").map((one) => {
    const [voter, selection = ""] = one.split(" ");
    return { voter: Number(voter), selection };
  });
  return { name, definition: LAW, ballots: cast, isCast: false, crashes, repeats };
}

/** Ballots, one per voter, that are already in the box. */
function counting(name: string, definition: ElectionDefinition, ballots: string): World {
  const cast = ballots.split(", ").map((selection, voter) => ({ voter, selection }));
  const full = `${name}; two deaths, two repetitions`;
  return { name: full, definition, ballots: cast, isCast: true, crashes: 2, repeats: 2 };
}

export const SMALL_WORLDS: readonly World[] = [
  casting("a voter with two different ballots; one death, one repetition", "0 oui, 0 non", 1, 1),
  casting("two voters; one death, one repetition", "0 oui, 1 oui", 1, 1),
  counting("three ballots in the box to count", LAW, "oui, non, oui"),
  counting("three ballots that mark names in the box to count", CHOOSE, "+1+2, +1, +1+2"),
  counting("three rankings in the box to count, two of them alike", RANKED, "1>2, 2, 1>2"),
];

/** Half a minute of work, and a gigabyte and a half of memory. */
export const LARGE_WORLDS: readonly World[] = [
  casting("two voters; one death, two repetitions", "0 oui, 1 oui", 1, 2),
  casting("two voters, one of them with two ballots; one repetition", "0 oui, 0 non, 1 oui", 0, 1),
  counting("four ballots in the box to count", LAW, "oui, non, oui, oui"),
  counting("four rankings in the box to count, three of them alike", RANKED, "1>2, 2, 1>2, 1>2"),
];
