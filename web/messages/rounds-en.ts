import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

/** Loaded with the rounds of a count. */
export const roundsEn = {
  rounds: {
    title: "Round by round",
    one: "One round was enough: nobody was eliminated.",
    picture: (rounds: number) =>
      `A chart of ${plural(rounds, "round", "rounds")}: each candidate's votes in each round, and where the votes of the eliminated go. The tables and the sentences below say the same.`,
    key: "Each bar is a round, from the first at the top to the last. Ribbons show where the ballots of the eliminated go, and the line is the majority of the ballots that still count.",
    keySurplus:
      "Each bar is a round, from the first at the top to the last. Ribbons show where the votes above the quota go, and those of the eliminated. The line is the quota.",
    keyOne: "The line is the majority.",
    keyQuota: "The line is the quota.",
    tables: "All rounds in figures",
    candidate: "Candidate",
    round: (round: number, of: number) => `Round ${count(round)} of ${count(of)}`,
    steps: "Rounds, one at a time",
    previous: "Previous round",
    next: "Next round",
    keys: "The left and right arrow keys do the same.",
    votes: "Votes",
    share: "Share",
    change: "Change",
    exhausted: "Exhausted ballots",
    majority: "Majority",
    quota: "Quota",
    lost: "Lost by rounding down",
    elected: "Elected",
    out: "Eliminated",
    labelled: (label: string, text: string) => `${label}: ${text}`,
    others: (others: number) => plural(others, "other", "others"),
    receives: (name: string, votes: number) => `${name} (${count(votes)})`,
    says: {
      leads: (names: string, candidates: number, votes: number, of: number) =>
        `${names} ${candidates === 1 ? "has" : "each have"} ${count(votes)} of ${plural(of, "vote", "votes")}`,
      needed: (votes: number) => `${count(votes)} ${votes === 1 ? "is" : "are"} needed`,
      elected: (names: string, candidates: number) => `${names} ${candidates === 1 ? "is" : "are"} elected`,
      eliminated: (names: string, candidates: number) => `${names} ${candidates === 1 ? "is" : "are"} eliminated`,
      tied: (names: string) => `there is a tie between ${names} that no rule breaks`,
      withoutVotes: "there are no votes to transfer",
      ballots: (ballots: number, list: string) =>
        ballots === 1 ? `the ballot goes to ${list}` : `the ${count(ballots)}\u00a0ballots go to ${list}`,
      votes: (votes: number, list: string) =>
        votes === 1 ? `the vote goes to ${list}` : `the ${count(votes)}\u00a0votes go to ${list}`,
      surplus: (votes: number, list: string) => `above the quota, ${plural(votes, "vote goes", "votes go")} to ${list}`,
      exhausted: (ballots: number) => `${count(ballots)} ${ballots === 1 ? "is" : "are"} exhausted`,
    },
  },
};

export type RoundsMessages = typeof roundsEn;
