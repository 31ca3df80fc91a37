/** Whether every accepted ballot was counted, and counted once: arithmetic on what was posted and what was tallied. */

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
  /** Posts that got no answer, or one of the 5xx: their ballots may count or not, but only once. */
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

/** One name for a contest and what is counted in it; neither part holds a line break. */
export function optionKey(contest: string, counted: string): string {
  return `${contest}\n${counted}`;
}

const ACCEPTED = 202;

function isUnanswered(status: number | undefined): boolean {
  return status === undefined || status >= 500;
}

function increase(counts: Map<string, number>, option: string): void {
  counts.set(option, (counts.get(option) ?? 0) + 1);
}

/** Voters of a valid ballot that was answered 202, and those who know nothing of theirs, by option. */
function votersByOption(posts: readonly Post[]): { certain: OptionCounts; uncertain: OptionCounts } {
  const accepted = new Map<number, string>();
  const unanswered = new Map<number, string>();
  for (const { expectation, status } of posts) {
    if (expectation === "not-counted") continue;
    if (status === ACCEPTED) accepted.set(expectation.voter, expectation.option);
    else if (isUnanswered(status)) unanswered.set(expectation.voter, expectation.option);
  }
  const certain = new Map<string, number>();
  const uncertain = new Map<string, number>();
  for (const option of accepted.values()) increase(certain, option);
  for (const [voter, option] of unanswered) if (!accepted.has(voter)) increase(uncertain, option);
  return { certain, uncertain };
}

export function sumOf(counts: OptionCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** How much each option grew between two readings. */
export function growth(before: OptionCounts, after: OptionCounts): OptionCounts {
  const options = new Set([...before.keys(), ...after.keys()]);
  return new Map([...options].map((option) => [option, (after.get(option) ?? 0) - (before.get(option) ?? 0)]));
}

/** Distinct voters with at least one 202: what the tallies must grow by, at least. */
export function votersAccepted(posts: readonly Post[]): number {
  return sumOf(votersByOption(posts).certain);
}

/**
 * Settles the account of a run. A loss in one option is not made good by a surplus in another, so a ballot counted for
 * the wrong option is one lost and one counted twice.
 */
export function settleAccount(posts: readonly Post[], before: OptionCounts, after: OptionCounts): Account {
  const { certain, uncertain } = votersByOption(posts);
  const grown = growth(before, after);
  let lost = 0;
  let countedTwice = 0;
  for (const option of new Set([...certain.keys(), ...grown.keys()])) {
    const expected = certain.get(option) ?? 0;
    const counted = grown.get(option) ?? 0;
    lost += Math.max(0, expected - counted);
    countedTwice += Math.max(0, counted - expected - (uncertain.get(option) ?? 0));
  }

  const refused = new Map<number, number>();
  for (const { status } of posts) {
    if (status !== undefined && status !== ACCEPTED && !isUnanswered(status)) {
      refused.set(status, (refused.get(status) ?? 0) + 1);
    }
  }
  const voters = sumOf(certain);
  const acceptedOfVoters = posts.filter(
    ({ expectation, status }) => expectation !== "not-counted" && status === ACCEPTED,
  ).length;
  return {
    sent: posts.length,
    accepted: posts.filter(({ status }) => status === ACCEPTED).length,
    refused,
    unanswered: posts.filter(({ status }) => isUnanswered(status)).length,
    voters,
    duplicates: acceptedOfVoters - voters,
    counted: sumOf(grown),
    lost,
    countedTwice,
  };
}
