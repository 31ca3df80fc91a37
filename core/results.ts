import {
  candidatesIn,
  contestRegionIds,
  isSharedByAllRegions,
  type RankedDefinition,
  REFERENDUM_CHOICES,
} from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { electedByMarks, type MarkedOutcome } from "#core/most-marks.ts";
import { lotsFor, uncountedIn } from "#core/officers-acts.ts";
import { countRanked, type RankedCount } from "#core/ranked-choice.ts";
import type { RankedBallots } from "#core/ranked-standing.ts";
import { BLANK, MARKED, readSelection, SEALED, type Selection, SPOILED } from "#core/selection.ts";
import { countTransferable, type TransferCount } from "#core/transferable-vote.ts";

/** From tallies to results: totals, and rounds when candidates are ranked. */

/**
 * How often each interpretation was counted: a selection as writeSelection writes it, or SPOILED. Where names are marked: how
 * often each name was, and on how many ballots (MARKED).
 */
export type Tally = ReadonlyMap<string, number>;

/** Ballots in a tally, blank and spoiled ones included. */
export function ballotsIn(tally: Tally): number {
  const marked = tally.get(MARKED);
  if (marked !== undefined) return marked + (tally.get(BLANK) ?? 0) + (tally.get(SPOILED) ?? 0);
  let ballots = 0;
  for (const count of tally.values()) ballots += count;
  return ballots;
}

/** Adds up tallies, in any order. */
export function sumTallies(parts: Iterable<Tally>): Tally {
  const sum = new Map<string, number>();
  for (const part of parts) {
    for (const [interpretation, count] of part) sum.set(interpretation, (sum.get(interpretation) ?? 0) + count);
  }
  return sum;
}

export type ContestTotals = Readonly<{
  /** Votes by candidate id, or by `oui` and `non`, zeros included. First preferences when candidates are ranked. */
  votes: ReadonlyMap<string, number>;
  blank: number;
  /** Those for nobody but candidates who withdrew among them: they are void. */
  spoiled: number;
  /** Valid ballots: neither blank nor spoiled. As many as votes, but where names are marked. */
  total: number;
  /** Everything in the ballot box: total, blank and spoiled. */
  ballots: number;
}>;

/** The count of a contest, or of several together. Totals and rounds are computed when first asked for. */
export type ContestCount = Readonly<{
  tally: Tally;
  ballots: number;
  totals: () => ContestTotals;
  /** Who is elected by marks; undefined by any other method, and for several regions. */
  marked: () => MarkedOutcome | undefined;
  /** The rounds of a single transferable vote; undefined by any other method, and for several regions. */
  transferred: () => TransferCount | undefined;
  /** Undefined when candidates are not ranked for one seat, and for several regions that do not share their candidates. */
  ranked: () => RankedCount | undefined;
}>;

export type ElectionCount = Readonly<{
  /** One for each contest of the election, in the definition's order. */
  byRegion: ReadonlyMap<string, ContestCount>;
  /** Counts several of these contests as one. */
  together: (contests: readonly ContestCount[]) => ContestCount;
}>;

/**
 * Counts an election from its tallies by region; a region without one had no ballots.
 * @param isOld as TieRules has it
 */
export function countElection(
  definition: ElectionDefinition,
  tallies: ReadonlyMap<string, Tally>,
  isOld = false,
): ElectionCount {
  // Regions share most selections, so each is parsed once for all of them.
  // Nothing is told of sealed ballots but how many there are (core/disclosure.ts).
  const parsed = new Map<string, Selection | undefined>([SPOILED, SEALED].map((unread) => [unread, undefined]));
  const uncounted = uncountedIn(definition);
  const parse = (interpretation: string): Selection | undefined => {
    if (!parsed.has(interpretation)) {
      parsed.set(interpretation, without(uncounted, readSelection(definition, interpretation)));
    }
    return parsed.get(interpretation);
  };
  const count = (tally: Tally, regionId?: string): ContestCount => ({
    tally,
    ballots: ballotsIn(tally),
    totals: once(() => totalsOf(definition, tally, regionId, parse)),
    marked: once(() => markedOutcomeOf(definition, tally, regionId)),
    transferred: once(() => transferCountOf(definition, tally, regionId, parse)),
    ranked: once(() => rankedCountOf(definition, tally, regionId, parse, isOld)),
  });
  const byRegion = new Map(contestRegionIds(definition).map((id) => [id, count(tallies.get(id) ?? new Map(), id)]));
  return {
    byRegion,
    together: (contests) => {
      const [only] = contests;
      if (byRegion.size === 1 && only !== undefined) return only;
      return count(sumTallies(contests.map(({ tally }) => tally)));
    },
  };
}

/** What an interpretation counts as; undefined for a spoiled ballot, and for one that names only candidates who withdrew. */
type Parse = (interpretation: string) => Selection | undefined;

/** A selection as if these candidates did not stand; undefined when it names nobody else. */
function without(uncounted: ReadonlySet<string>, selection: Selection): Selection | undefined {
  if (uncounted.size === 0) return selection;
  if (selection.kind === "candidate") return uncounted.has(selection.candidateId) ? undefined : selection;
  if (selection.kind !== "ranking") return selection;
  const candidateIds = selection.candidateIds.filter((id) => !uncounted.has(id));
  return candidateIds.length === 0 ? undefined : { kind: "ranking", candidateIds };
}

function once<T>(workOut: () => T): () => T {
  let known: Readonly<{ answer: T }> | undefined;
  return () => {
    known ??= { answer: workOut() };
    return known.answer;
  };
}

function totalsOf(
  definition: ElectionDefinition,
  tally: Tally,
  regionId: string | undefined,
  parse: Parse,
): ContestTotals {
  const votes = new Map<string, number>(optionIds(definition, regionId).map((id) => [id, 0]));
  if (definition.votingMethod === "choose") return totalsOfMarks(votes, tally);
  let blank = 0;
  let spoiled = 0;
  let total = 0;
  for (const [interpretation, count] of tally) {
    const selection = parse(interpretation);
    const choice = selection === undefined ? undefined : firstChoice(selection);
    if (choice === undefined) spoiled += count;
    else if (choice === null) blank += count;
    else {
      votes.set(choice, (votes.get(choice) ?? 0) + count);
      total += count;
    }
  }
  return { votes, blank, spoiled, total, ballots: total + blank + spoiled };
}

function totalsOfMarks(votes: Map<string, number>, tally: Tally): ContestTotals {
  const ballots = { [BLANK]: 0, [SPOILED]: 0, [MARKED]: 0 };
  for (const [one, count] of tally) {
    if (one === BLANK || one === SPOILED || one === MARKED) ballots[one] = count;
    else votes.set(one, count);
  }
  const { [BLANK]: blank, [SPOILED]: spoiled, [MARKED]: total } = ballots;
  return { votes, blank, spoiled, total, ballots: total + blank + spoiled };
}

function markedOutcomeOf(
  definition: ElectionDefinition,
  tally: Tally,
  regionId: string | undefined,
): MarkedOutcome | undefined {
  // Each region has its own seats, so all together elect nobody.
  if (definition.votingMethod !== "choose" || regionId === undefined) return undefined;
  const { votes, total } = totalsOfMarks(new Map(optionIds(definition, regionId).map((id) => [id, 0])), tally);
  if (total === 0) return { elected: [] };
  const uncounted = uncountedIn(definition);
  const standing = new Map([...votes].filter(([id]) => !uncounted.has(id)));
  return electedByMarks(standing, definition.seats, lotsFor(definition, regionId));
}

function rankedCountOf(
  definition: ElectionDefinition,
  tally: Tally,
  regionId: string | undefined,
  parse: Parse,
  isOld: boolean,
): RankedCount | undefined {
  if (definition.votingMethod !== "ranked_choice") return undefined;
  if (regionId === undefined && !isSharedByAllRegions(definition)) return undefined;
  const lots = lotsFor(definition, regionId);
  return countRanked(standingIn(definition, regionId), rankingsIn(tally, parse), { lots, isOld });
}

function transferCountOf(
  definition: ElectionDefinition,
  tally: Tally,
  regionId: string | undefined,
  parse: Parse,
): TransferCount | undefined {
  // Each region has its own seats, so all together elect nobody.
  if (definition.votingMethod !== "stv" || regionId === undefined) return undefined;
  const rules = { lots: lotsFor(definition, regionId) };
  return countTransferable(standingIn(definition, regionId), rankingsIn(tally, parse), definition.seats, rules);
}

/** Who is counted: whoever withdrew is not. */
function standingIn(definition: RankedDefinition, regionId: string | undefined): readonly string[] {
  const uncounted = uncountedIn(definition);
  return optionIds(definition, regionId).filter((id) => !uncounted.has(id));
}

function rankingsIn(tally: Tally, parse: Parse): readonly RankedBallots[] {
  const ballots: RankedBallots[] = [];
  for (const [interpretation, count] of tally) {
    const selection = parse(interpretation);
    if (selection?.kind === "ranking") ballots.push({ ranking: selection.candidateIds, count });
  }
  return ballots;
}

function optionIds(definition: ElectionDefinition, regionId?: string): readonly string[] {
  if (definition.votingMethod === "referendum") return REFERENDUM_CHOICES;
  const standing = regionId === undefined ? definition.candidates : candidatesIn(definition, regionId);
  return standing.map(({ candidateId }) => candidateId);
}

/** The option that a selection counts for first; null for a blank ballot. */
function firstChoice(selection: Selection): string | null | undefined {
  switch (selection.kind) {
    case "blank":
      return null;
    case "choice":
      return selection.choice;
    case "candidate":
      return selection.candidateId;
    case "ranking":
    case "marks":
      return selection.candidateIds[0];
    default:
      return selection satisfies never;
  }
}
