/** Whether every accepted ballot was counted once, from what was posted and what was tallied. */

export type Counts<Key = string> = ReadonlyMap<Key, number>;

import { countedUnder } from "#core/selection.ts";

/** Counts by option; an option is a contest and a selection as the tallies spell it (see optionKey). */
export type OptionCounts = Counts;

/** What a posted ballot must lead to: a count for this voter and option, or none. */
export type Expectation = Readonly<{ voter: number; option: string }> | "not-counted";

/** A post and its answer: the HTTP status, or undefined when none came. */
export type Post = Readonly<{ expectation: Expectation; status: number | undefined }>;

export type Account = Readonly<{
  sent: number;
  accepted: number;
  /** Posts by the status they were refused with. */
  refused: Counts<number>;
  /** Posts without an answer, or with a 5xx: their ballots may count, but only once. */
  unanswered: number;
  voters: number;
  /** Voters of the roll who were only ever refused, by the status they were last told. */
  turnedAway: Counts<number>;
  /** Posts of everybody else, strangers and guessers, by status; 0 for no answer. */
  strangers: Counts<number>;
  /** 202s that a voter got after the first. */
  duplicates: number;
  counted: number;
  /** Accepted voters whose vote is not in the tallies. */
  lost: number;
  /** Counts above the number of distinct voters who could have caused them. */
  countedTwice: number;
}>;

/** A key for a contest and what is counted in it. */
export function optionKey(contest: string, interpretation: string): string {
  // A ballot that marks names counts for each, and once as a ballot.
  return `${contest}\n${countedUnder(interpretation).at(-1)}`;
}

const ACCEPTED = 202;
const NO_ANSWER = 0;

const statusOf = ({ status = NO_ANSWER }: Post): number => status;
const isAccepted = (status: number): boolean => status === ACCEPTED;
const isUnanswered = (status: number): boolean => status === NO_ANSWER || status >= 500;
const isRefused = (status: number): boolean => !isAccepted(status) && !isUnanswered(status);

function countsOf<Key>(keys: Iterable<Key>): Counts<Key> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function sumOf(counts: Counts<unknown>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** How much each count grew between two readings. */
export function growth(before: Counts, after: Counts): Counts {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return new Map([...keys].map((key) => [key, (after.get(key) ?? 0) - (before.get(key) ?? 0)]));
}

/** The best answer that each voter of a valid ballot got; among refusals the last. */
function toldTo(posts: readonly Post[]): readonly Readonly<{ option: string; status: number }>[] {
  const told = new Map<number, Readonly<{ option: string; status: number }>>();
  for (const isGood of [isRefused, isUnanswered, isAccepted]) {
    for (const post of posts) {
      if (post.expectation === "not-counted" || !isGood(statusOf(post))) continue;
      told.set(post.expectation.voter, { option: post.expectation.option, status: statusOf(post) });
    }
  }
  return [...told.values()];
}

/** Distinct voters with a 202: the least that the tallies must grow by. */
export function votersAccepted(posts: readonly Post[]): number {
  return toldTo(posts).filter(({ status }) => isAccepted(status)).length;
}

/** Settles the account of a run, option by option: a ballot counted for the wrong one is one lost and one counted twice. */
export function settleAccount(posts: readonly Post[], before: OptionCounts, after: OptionCounts): Account {
  const statuses = posts.map(statusOf);
  const strangers = countsOf(posts.filter(({ expectation }) => expectation === "not-counted").map(statusOf));
  const told = toldTo(posts);
  const optionsOf = (isSuch: (status: number) => boolean): OptionCounts =>
    countsOf(told.filter(({ status }) => isSuch(status)).map(({ option }) => option));
  const [certain, uncertain] = [optionsOf(isAccepted), optionsOf(isUnanswered)];
  const grown = growth(before, after);
  let [lost, countedTwice] = [0, 0];
  for (const option of new Set([...certain.keys(), ...grown.keys()])) {
    const [expected, counted] = [certain.get(option) ?? 0, grown.get(option) ?? 0];
    lost += Math.max(0, expected - counted);
    countedTwice += Math.max(0, counted - expected - (uncertain.get(option) ?? 0));
  }
  const [accepted, voters] = [statuses.filter(isAccepted).length, sumOf(certain)];
  return {
    sent: posts.length,
    accepted,
    refused: countsOf(statuses.filter(isRefused)),
    unanswered: statuses.filter(isUnanswered).length,
    voters,
    turnedAway: countsOf(told.map(({ status }) => status).filter(isRefused)),
    strangers,
    duplicates: accepted - (strangers.get(ACCEPTED) ?? 0) - voters,
    counted: sumOf(grown),
    lost,
    countedTwice,
  };
}
