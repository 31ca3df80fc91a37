import type { Shape } from "#load/clients/phases.ts";

export type Scenario = Readonly<{
  what: string;
  shape: Shape;
  duplicatesPercent: number;
  /** On top of the votes, posts that must never count: half from strangers to the roll, half with a NAS of eight digits. */
  invalidPercent: number;
  /** On top of the votes, posts with numbers and codes made up in the right form. */
  spamPercent: number;
  /** Posts of every ballot: more than one for voters who press the button again before they have an answer. */
  postsPerBallot: number;
  /** Which elections are voted in; `longest-ranked` fills every rank of a ranked ballot. */
  ballots: "all" | "longest-ranked";
  closes: boolean;
  /** Wrong codes that are tried for one voter's number, as a share of the votes. */
  guessesPercent: number;
  /** How many of the spam and of the guesses come from one address, where posts have addresses. */
  spamPerAddress: number;
  viewersPerSecond: number;
  p95Ms: number;
}>;

const PLAIN: Omit<Scenario, "what"> = {
  shape: "even",
  duplicatesPercent: 0,
  invalidPercent: 0,
  postsPerBallot: 1,
  ballots: "all",
  closes: false,
  spamPercent: 0,
  guessesPercent: 0,
  spamPerAddress: 1,
  viewersPerSecond: 0,
  p95Ms: 250,
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "opening-rush": {
    ...PLAIN,
    what: "most voters come in the first fifth of the run, four times as many a second as on average",
    shape: "opening",
    p95Ms: 500,
  },
  "steady-day": { ...PLAIN, what: "as many voters every second" },
  "closing-rush": {
    ...PLAIN,
    what: "most come in the last fifth, and the polls close among them: a 202 counts, a 403 does not",
    shape: "closing",
    closes: true,
    p95Ms: 500,
  },
  "retry-storm": {
    ...PLAIN,
    what: "every voter sends the same sealed ballot three times at once, as fast as answers allow",
    shape: "at-once",
    postsPerBallot: 3,
    p95Ms: 3000,
  },
  duplicates: { ...PLAIN, what: "one voter in ten votes a second time", duplicatesPercent: 10 },
  invalid: {
    ...PLAIN,
    what: "one post in twenty is from a stranger, or has a number of eight digits",
    invalidPercent: 5,
  },
  "long-ballots": { ...PLAIN, what: "ranked ballots with every rank filled", ballots: "longest-ranked" },
  "random-spammer": {
    ...PLAIN,
    what: "as many posts again with numbers and codes made up at random, 300 from each address",
    spamPercent: 100,
    spamPerAddress: 300,
    p95Ms: 500,
  },
  "targeted-spammer": {
    ...PLAIN,
    what: "as many posts again that try codes for the number of one voter, who has voted, 10 from each address",
    guessesPercent: 100,
    spamPerAddress: 10,
    p95Ms: 500,
  },
  viewers: { ...PLAIN, what: "results are looked at 50 times a second while voters vote", viewersPerSecond: 50 },
};

/** A run without a scenario: every voter once, evenly or as fast as possible, with no limit on time. */
export const UNNAMED: Scenario = { ...PLAIN, what: "", p95Ms: Number.POSITIVE_INFINITY };
