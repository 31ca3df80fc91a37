import { candidatesIn, contestRegionIds, type Phase, partyOf, phaseAt, type RaceDefinition } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { countRankedContest, type RankedCount, type Round } from "#core/ranked-choice.ts";
import {
  type Count,
  coarseBallots,
  countVotes,
  type Embargo,
  embargoOn,
  type Histogram,
  percentage,
  sumHistograms,
  tooFewBallots,
} from "#core/results.ts";
import type {
  CandidateResult,
  ElectionResults,
  LawResults,
  RankedOutcome,
  RoundResult,
  Turnout,
} from "#functions/results/contract.ts";
import type { RegisteredElection } from "#functions/shared/elections-table.ts";

/** What may be said of an election's count at an instant, as the API says it. Embargo is decided here and nowhere else. */

/** Histograms by region id, one for every contest of the election, all read at `atMs`. */
export type Counted = Readonly<{ atMs: number; histograms: ReadonlyMap<string, Histogram> }>;

type Shown = Readonly<{
  embargo: Embargo | null;
  /** Of the regions that may be shown, summed. */
  histogram: Histogram;
  count: Count;
  turnout: Turnout;
  regionsWithheld: readonly string[];
}>;

function ballotsIn(histogram: Histogram): number {
  return [...histogram.values()].reduce((sum, count) => sum + count, 0);
}

/** Decides what may be shown of one region, or of all regions summed when `regionId` is undefined. */
function show(election: RegisteredElection, counted: Counted, regionId: string | undefined): Shown {
  const { definition, rollCounts } = election;
  const regionIds = regionId === undefined ? contestRegionIds(definition) : [regionId];
  const histogramOf = (id: string): Histogram => counted.histograms.get(id) ?? new Map();
  // A sum that held a withheld region would give it away by subtraction.
  const withheld = regionIds.filter((id) => tooFewBallots(definition, ballotsIn(histogramOf(id)), counted.atMs));
  const shown = regionIds.filter((id) => !withheld.includes(id));
  const embargo = embargoOn(definition, counted.atMs) ?? (shown.length === 0 ? "minimum-ballots" : null);

  const cast = regionIds.reduce((sum, id) => sum + ballotsIn(histogramOf(id)), 0);
  const ballots = embargo === null && withheld.length === 0 ? cast : coarseBallots(definition, cast);
  const onRoll = regionIds.reduce((sum, id) => sum + (rollCounts.get(id) ?? 0), 0);
  const histogram = sumHistograms(shown.map(histogramOf));
  return {
    embargo,
    histogram,
    count: countVotes(definition, histogram, regionId),
    turnout: { ballots, on_roll: onRoll, percentage: percentage(ballots, onRoll) },
    regionsWithheld: withheld,
  };
}

/** The fields that a law's results and an election's share. */
function outcome(definition: ElectionDefinition, { embargo, count, turnout }: Shown, atMs: number) {
  const unless = (value: number): number | null => (embargo === null ? value : null);
  const status: Phase = phaseAt(definition, atMs);
  return {
    title: definition.title,
    status,
    withheld: embargo,
    total: unless(count.total),
    blank: unless(count.blank),
    spoiled: unless(count.spoiled),
    turnout,
    updated_at: new Date(atMs).toISOString(),
  };
}

/** Results of a law. */
export function lawResults(election: RegisteredElection, counted: Counted): LawResults {
  const shown = show(election, counted, undefined);
  const votesFor = (choice: string): number | null =>
    shown.embargo === null ? (shown.count.votes.get(choice) ?? 0) : null;
  const shareOf = (choice: string): number | null => {
    const votes = votesFor(choice);
    return votes === null ? null : percentage(votes, shown.count.total);
  };
  return {
    law_id: election.definition.electionId,
    oui: votesFor("oui"),
    non: votesFor("non"),
    percentages: { oui: shareOf("oui"), non: shareOf("non") },
    ...outcome(election.definition, shown, counted.atMs),
  };
}

/** The one count of a ranked race, as far as it may be shown; nothing where several counts stand side by side. */
function rankedResults(
  definition: RaceDefinition,
  histogram: Histogram,
  regionId: string | undefined,
): Pick<ElectionResults, "rounds" | "outcome"> {
  if (definition.votingMethod !== "ranked_choice") return {};
  const regionIds = contestRegionIds(definition);
  const isShared = definition.candidates.every(({ regionIds: standsIn }) =>
    regionIds.every((id) => standsIn.includes(id)),
  );
  if (regionId === undefined && !isShared) return {};
  const standing = regionId === undefined ? definition.candidates : candidatesIn(definition, regionId);
  const count = countRankedContest(
    definition,
    standing.map(({ candidateId }) => candidateId),
    histogram,
  );
  return { rounds: count.rounds.map(roundResult), outcome: rankedOutcome(count) };
}

function roundResult(round: Round): RoundResult {
  const { tieBreak } = round;
  return {
    round: round.number,
    candidates: [...round.votes].map(([candidate_id, votes]) => ({
      candidate_id,
      votes,
      percentage: percentage(votes, round.continuing),
    })),
    continuing: round.continuing,
    exhausted: round.exhausted,
    threshold: round.threshold,
    eliminated: round.eliminated ?? null,
    transfers: [
      ...[...round.transfers].map(([candidate_id, votes]) => ({ candidate_id, votes })),
      ...(round.transferredToExhausted > 0 ? [{ candidate_id: null, votes: round.transferredToExhausted }] : []),
    ],
    tie_break:
      tieBreak === undefined
        ? null
        : { tied: [...tieBreak.tied], by: tieBreak.by, round: tieBreak.by === "lot" ? null : tieBreak.round },
  };
}

function rankedOutcome({ outcome: { kind, ...who } }: RankedCount): RankedOutcome {
  if ("candidateId" in who) return { kind, candidate_ids: [who.candidateId] };
  return { kind, candidate_ids: "tied" in who ? [...who.tied] : [] };
}

/** Results of a race in one region, or in all regions summed when `regionId` is undefined. */
export function electionResults(
  election: RegisteredElection & Readonly<{ definition: RaceDefinition }>,
  counted: Counted,
  regionId: string | undefined,
): ElectionResults {
  const { definition } = election;
  const shown = show(election, counted, regionId);
  const candidates = definition.candidates
    .filter(({ candidateId }) => shown.count.votes.has(candidateId))
    .map((candidate): CandidateResult => {
      const votes = shown.embargo === null ? (shown.count.votes.get(candidate.candidateId) ?? 0) : null;
      return {
        candidate_id: candidate.candidateId,
        name: `${candidate.firstName} ${candidate.lastName}`,
        ...partyOf(definition, candidate),
        votes,
        percentage: votes === null ? null : percentage(votes, shown.count.total),
      };
    });
  return {
    election_id: definition.electionId,
    region_id: regionId ?? null,
    voting_method: definition.votingMethod,
    candidates,
    regions_withheld: [...shown.regionsWithheld],
    ...(shown.embargo === null && rankedResults(definition, shown.histogram, regionId)),
    ...outcome(definition, shown, counted.atMs),
  };
}
