/** Whether every accepted ballot was counted once, from what was posted and what was tallied. */

/** Counts by option; an option is a contest and a selection as the tallies spell it (see optionKey). */
export type OptionCounts = ReadonlyMap<string, number>;

/** What a posted ballot must lead to: a count for this voter and option, or none. */
export type Expectation = Readonly<{ voter: number; option: string }> | "not-counted";

/** A post and its answer: the HTTP status, or undefined when none came. */
export type Post = Readonly<{ expectation: Expectation; status: number | undefined }>;

export type Account = Readonly<{
  sent: number;
  /** Posts answered 202, a voter's second ones included. */
  accepted: number;
  /** Posts by the status they were refused with. */
  refused: ReadonlyMap<number, number>;
  /** Posts without an answer, or with a 5xx: their ballots may count, but only once. */
  unanswered: number;
  /** Voters of the roll with at least one 202. */
  voters: number;
  /** 202s that a voter got after the first. */
  duplicates: number;
  /** By how much the tallies grew. */
  counted: number;
  /** Accepted voters whose vote is not in the tallies. */
  lost: number;
  /** Counts above the number of distinct voters who could have caused them. */
  countedTwice: number;
}>;

/** A key for a contest and what is counted in it. */
export function optionKey(contest: string, interpretation: string): string {
  return `${contest}\n${interpretation}`;
}

const ACCEPTED = 202;

function isUnanswered(status: number | undefined): boolean {
  return status === undefined || status >= 500;
}

function* passing<Item>(items: Iterable<Item>, see: (item: Item) => void): Generator<Item, undefined> {
  for (const item of items) {
    see(item);
    yield item;
  }
  return undefined;
}

/** The best answer that each voter of a valid ballot got. */
type Told = Readonly<{
  /** Options of the voters who were answered 202 at least once. */
  accepted: ReadonlyMap<number, string>;
  /** Options of those who were never answered. */
  unanswered: ReadonlyMap<number, string>;
  /** Last status of those who were only ever refused. */
  turnedAway: ReadonlyMap<number, number>;
}>;

function toldTo(posts: Iterable<Post>): Told {
  const accepted = new Map<number, string>();
  const unanswered = new Map<number, string>();
  const turnedAway = new Map<number, number>();
  for (const { expectation, status } of posts) {
    if (expectation === "not-counted") continue;
    const { voter, option } = expectation;
    if (status === ACCEPTED) accepted.set(voter, option);
    else if (isUnanswered(status)) unanswered.set(voter, option);
    else if (status !== undefined) turnedAway.set(voter, status);
  }
  for (const voter of unanswered.keys()) {
    if (accepted.has(voter)) unanswered.delete(voter);
    else turnedAway.delete(voter);
  }
  for (const voter of turnedAway.keys()) if (accepted.has(voter)) turnedAway.delete(voter);
  return { accepted, unanswered, turnedAway };
}

function tallied<Key>(keys: Iterable<Key>): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function sumOf(counts: OptionCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** How much each option grew between two readings. */
export function growth(before: OptionCounts, after: OptionCounts): OptionCounts {
  const options = new Set([...before.keys(), ...after.keys()]);
  return new Map([...options].map((option) => [option, (after.get(option) ?? 0) - (before.get(option) ?? 0)]));
}

/** Distinct voters with a 202: the least that the tallies must grow by. */
export function votersAccepted(posts: Iterable<Post>): number {
  return toldTo(posts).accepted.size;
}

/** Refused posts by status, 0 for no answer. */
export type Refused = Readonly<{
  /** Voters of the roll who were only ever refused, by the status they were last told. */
  turnedAway: ReadonlyMap<number, number>;
  /** Posts of everybody else: strangers, and those who guess at codes. */
  others: ReadonlyMap<number, number>;
}>;

export function refusedOf(given: Iterable<Post>): Refused {
  const others = new Map<number, number>();
  const { turnedAway } = toldTo(
    passing(given, ({ expectation, status = 0 }) => {
      if (expectation === "not-counted") others.set(status, (others.get(status) ?? 0) + 1);
    }),
  );
  return { turnedAway: tallied(turnedAway.values()), others };
}

/** Settles the account of a run, option by option: a ballot counted for the wrong one is lost once and counted twice once. */
export function settleAccount(given: Iterable<Post>, before: OptionCounts, after: OptionCounts): Account {
  let sent = 0;
  let unanswered = 0;
  let acceptedOfVoters = 0;
  const answers = new Map<number, number>();
  const told = toldTo(
    passing(given, ({ expectation, status }) => {
      sent += 1;
      if (status === undefined || isUnanswered(status)) unanswered += 1;
      else answers.set(status, (answers.get(status) ?? 0) + 1);
      if (expectation !== "not-counted" && status === ACCEPTED) acceptedOfVoters += 1;
    }),
  );

  const certain = tallied(told.accepted.values());
  const uncertain = tallied(told.unanswered.values());
  const grown = growth(before, after);
  let lost = 0;
  let countedTwice = 0;
  for (const option of new Set([...certain.keys(), ...grown.keys()])) {
    const expected = certain.get(option) ?? 0;
    const counted = grown.get(option) ?? 0;
    lost += Math.max(0, expected - counted);
    countedTwice += Math.max(0, counted - expected - (uncertain.get(option) ?? 0));
  }
  const accepted = answers.get(ACCEPTED) ?? 0;
  answers.delete(ACCEPTED);
  return {
    sent,
    accepted,
    refused: answers,
    unanswered,
    voters: told.accepted.size,
    duplicates: acceptedOfVoters - told.accepted.size,
    counted: sumOf(grown),
    lost,
    countedTwice,
  };
}
