import { candidatesIn, phaseAt, REFERENDUM_CHOICES } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { readSelection, SPOILED } from "#core/selection.ts";

/** How often each selection was counted, by its spelling (see writeSelection); SPOILED stands among them. */
export type Tally = ReadonlyMap<string, number>;

/** Adds tallies up; the order of the parts does not matter. */
export function sumTallies(parts: Iterable<Tally>): Tally {
  const sum = new Map<string, number>();
  for (const part of parts) {
    for (const [interpretation, count] of part) sum.set(interpretation, (sum.get(interpretation) ?? 0) + count);
  }
  return sum;
}

/** A contest's count. For ranked choice, `votes` are first preferences. */
export type ContestTotals = Readonly<{
  /** Votes by candidate id, or by `oui` and `non`; every option is there, with 0 when nobody chose it. */
  votes: ReadonlyMap<string, number>;
  blank: number;
  spoiled: number;
  /** Valid votes for an option: neither blank nor spoiled. */
  total: number;
  /** Everything in the ballot box: total, blank and spoiled. */
  ballots: number;
}>;

/** Counts one region's tally, or the sum of all regions when `regionId` is undefined. */
export function totalsOf(definition: ElectionDefinition, tally: Tally, regionId?: string): ContestTotals {
  const votes = new Map<string, number>(optionIds(definition, regionId).map((id) => [id, 0]));
  let blank = 0;
  let spoiled = 0;
  let total = 0;
  for (const [interpretation, count] of tally) {
    const choice = interpretation === SPOILED ? undefined : firstChoice(definition, interpretation);
    if (choice === undefined) spoiled += count;
    else if (choice === null) blank += count;
    else {
      votes.set(choice, (votes.get(choice) ?? 0) + count);
      total += count;
    }
  }
  return { votes, blank, spoiled, total, ballots: total + blank + spoiled };
}

function optionIds(definition: ElectionDefinition, regionId?: string): readonly string[] {
  if (definition.votingMethod === "referendum") return REFERENDUM_CHOICES;
  const standing = regionId === undefined ? definition.candidates : candidatesIn(definition, regionId);
  return standing.map(({ candidateId }) => candidateId);
}

/** The option a selection counts for first; null for a blank ballot. */
function firstChoice(definition: ElectionDefinition, interpretation: string): string | null | undefined {
  const selection = readSelection(definition, interpretation);
  switch (selection.kind) {
    case "blank":
      return null;
    case "choice":
      return selection.choice;
    case "candidate":
      return selection.candidateId;
    case "ranking":
      return selection.candidateIds[0];
    default:
      return selection satisfies never;
  }
}

/** A share of the whole as a percentage with two decimals, 0 when the whole is 0. */
export function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

/** Why a contest's result is not shown yet. */
export const EMBARGOES = ["not-open", "after-vote", "after-close", "minimum-ballots"] as const;
export type Embargo = (typeof EMBARGOES)[number];

/**
 * Why no result of this election may be shown at an instant; undefined when results may be. After closing, all may.
 * @param hasVoted whether whoever asks has shown that a ballot of theirs was accepted in this election
 */
export function embargoOn(definition: ElectionDefinition, atMs: number, hasVoted = false): Embargo | undefined {
  const phase = phaseAt(definition, atMs);
  if (phase === "closed") return undefined;
  if (phase === "upcoming") return "not-open";
  if (definition.results === "after_close") return "after-close";
  return definition.results === "after_vote" && !hasVoted ? "after-vote" : undefined;
}

/**
 * Whether a contest has too few ballots for a live result: beside knowledge of who has just voted, a small count reveals
 * votes. A minimum of 1 withholds nothing, not even zero.
 */
export function isBelowPrivacyThreshold(definition: ElectionDefinition, ballots: number, atMs: number): boolean {
  if (definition.minimumBallots === 1 || phaseAt(definition, atMs) === "closed") return false;
  return ballots < definition.minimumBallots;
}

/**
 * Ballots cast, rounded down to the step that may be told while a result, or a part of it, is withheld. Where all of it is
 * shown, the shown counts add up to the turnout, and rounding would hide nothing.
 */
export function roundToPrivacyThreshold(definition: ElectionDefinition, ballots: number): number {
  return Math.floor(ballots / definition.minimumBallots) * definition.minimumBallots;
}
