import { candidateName, type LawDefinition, partyOf, type RaceDefinition } from "#core/contest.ts";
import { type CountAt, type Shown, show } from "#core/disclosure.ts";
import { lawOutcome } from "#core/law-outcome.ts";
import { decimalsFor, percentage, percentageDigits, type Ratio, ratioOf } from "#core/percentage.ts";
import type { ContestCount } from "#core/results.ts";
import { seatCount, seatOf, seatsByParty, seatsOf } from "#core/seats.ts";
import type { BoxProgress } from "#core/trustees/box-progress.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import type {
  CandidateResult,
  ElectionResults,
  LawOutcomeResult,
  LawResults,
  OpeningProgress,
  SeatResult,
} from "#functions/results/contract.ts";
import { markedResults, outcomeFields } from "#functions/results/outcomes.ts";
import { rankedResults } from "#functions/results/rounds.ts";
import { certifiedAnswer } from "#functions/runtime/certified-contract.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";

/** What is shown of an election's count, as the API's answers. */

/** How far trustees are; nothing was recorded before the first mix. */
function openingFields(
  { mixes: needed, threshold }: Ceremony,
  { mixes, openings }: BoxProgress = { mixes: 0, openings: 0 },
): OpeningProgress {
  return { mixes, mixes_needed: needed, openings, openings_needed: threshold };
}

/** The fields that a law's and an election's results share. */
function commonFields(
  { definition, published, ceremony, boxProgress }: RegisteredElection,
  { embargo, phase, count, turnout }: Shown,
  atMs: number,
) {
  const isBeingOpened = embargo === "being-opened";
  const totals = count.totals();
  const unless = (value: number): number | null => (embargo === null ? value : null);
  return {
    title: definition.title,
    status: isBeingOpened ? ("being_opened" as const) : phase,
    withheld: embargo,
    ...(isBeingOpened && ceremony !== undefined && { opening: openingFields(ceremony, boxProgress) }),
    total: unless(totals.total),
    blank: unless(totals.blank),
    spoiled: unless(totals.spoiled),
    turnout: {
      ...{ ballots: turnout.ballots, on_roll: turnout.onRoll, percentage: turnout.percentage },
      ...(turnout.votedElsewhere > 0 && { voted_elsewhere: turnout.votedElsewhere }),
    },
    updated_at: new Date(atMs).toISOString(),
    ...(published !== undefined && { certified: certifiedAnswer(definition.electionId, published) }),
  };
}

/** A threshold's percentage, with as many decimals as the share that is read beside it. */
function thresholdBeside(share: Ratio, threshold: Ratio): number {
  return Number(percentageDigits(threshold, decimalsFor(share, 2, [threshold])));
}

function outcomeOf(
  definition: LawDefinition,
  { embargo, phase, count, turnout }: Shown,
  received: number,
): LawOutcomeResult {
  const totals = count.totals();
  const isDecided = embargo === null && phase === "closed";
  const figures = {
    oui: totals.votes.get("oui") ?? 0,
    total: totals.total,
    ballots: Math.min(totals.ballots, received),
    onRoll: turnout.onRoll,
  };
  const { quorum, requiredMajority } = definition;
  const majority = ratioOf(requiredMajority.share);
  const reached = embargo === null ? { part: figures.oui, whole: figures.total } : majority;
  const cast = { part: turnout.ballots, whole: turnout.onRoll };
  return {
    kind: isDecided ? lawOutcome(definition, figures) : "undecided",
    quorum: quorum === undefined ? null : thresholdBeside(cast, ratioOf(quorum)),
    required_majority: {
      kind: requiredMajority.kind,
      percentage: thresholdBeside(reached, majority),
    },
  };
}

/** A law's turnout, with a percentage that is not that of its quorum unless that is reached. */
function turnoutBeside({ quorum }: LawDefinition, turnout: LawResults["turnout"]): LawResults["turnout"] {
  const thresholds = quorum === undefined ? [] : [ratioOf(quorum)];
  return { ...turnout, percentage: percentage(turnout.ballots, turnout.on_roll, thresholds) };
}

/**
 * Results of a law.
 * @param hasVoted whether the requester has proved to have voted
 * @param received ballots that `submit` received, for the quorum; what somebody else wrote to the box is spoiled, and no more
 */
export function lawResults(
  election: RegisteredElection & Readonly<{ definition: LawDefinition }>,
  counted: CountAt,
  hasVoted: boolean,
  received: number,
): LawResults {
  const shown = show(election, counted, undefined, hasVoted);
  const { votes: byChoice, total } = shown.count.totals();
  const votesFor = (choice: string): number | null => (shown.embargo === null ? (byChoice.get(choice) ?? 0) : null);
  const shareOf = (choice: string): number | null => {
    const votes = votesFor(choice);
    const majority = ratioOf(election.definition.requiredMajority.share);
    return votes === null ? null : percentage(votes, total, choice === "oui" ? [majority] : []);
  };
  const common = commonFields(election, shown, counted.atMs);
  return {
    law_id: election.definition.electionId,
    oui: votesFor("oui"),
    non: votesFor("non"),
    percentages: { oui: shareOf("oui"), non: shareOf("non") },
    ...common,
    turnout: turnoutBeside(election.definition, common.turnout),
    outcome: outcomeOf(election.definition, shown, received),
  };
}

/** Each region's seat, and each party's number of seats. */
function seats(
  { definition, rollCounts }: RegisteredElection & Readonly<{ definition: RaceDefinition }>,
  contests: ReadonlyMap<string, ContestCount>,
): Required<Pick<ElectionResults, "seats" | "seats_by_party">> {
  const won = seatsOf(definition, contests);
  return {
    seats: won.flatMap(({ regionId, outcome }): readonly SeatResult[] => {
      const count = contests.get(regionId);
      if (count === undefined) return [];
      const onRoll = rollCounts.get(regionId) ?? 0;
      const counted = { ...seatCount(definition, outcome, count), ballots: count.ballots, on_roll: onRoll };
      return [{ region_id: regionId, ...outcomeFields(outcome), ...counted }];
    }),
    seats_by_party: seatsByParty(definition, won).map(({ partyId, seats: count }) => {
      const party = definition.parties.find((one) => one.partyId === partyId);
      return { party: party?.name ?? null, colour: party?.colour ?? null, seats: count };
    }),
  };
}

/** The outcome of a single choice that a lot decided. */
function lotResult(
  definition: RaceDefinition,
  regionId: string | undefined,
  count: ContestCount,
): Pick<ElectionResults, "outcome"> {
  if (definition.votingMethod !== "single_choice" || regionId === undefined) return {};
  const seat = seatOf(definition, regionId, count);
  if (seat.kind !== "elected" || seat.byLot === undefined) return {};
  const byLot = { tied: [...seat.byLot], seats: 1, by: "lot-after-closing" as const };
  return { outcome: { ...outcomeFields(seat), by_lot: byLot } };
}

/** Results of a race in one region, or in all regions summed when `regionId` is undefined; `hasVoted` as for a law. */
export function electionResults(
  election: RegisteredElection & Readonly<{ definition: RaceDefinition }>,
  counted: CountAt,
  regionId: string | undefined,
  hasVoted: boolean,
): ElectionResults {
  const { definition } = election;
  const shown = show(election, counted, regionId, hasVoted);
  const { votes: byCandidate, total } = shown.count.totals();
  const candidates = definition.candidates
    .filter(({ candidateId }) => byCandidate.has(candidateId))
    .map((candidate): CandidateResult => {
      const votes = shown.embargo === null ? (byCandidate.get(candidate.candidateId) ?? 0) : null;
      return {
        candidate_id: candidate.candidateId,
        name: candidateName(candidate),
        ...partyOf(definition, candidate),
        votes,
        percentage: votes === null ? null : percentage(votes, total),
      };
    });
  return {
    election_id: definition.electionId,
    region_id: regionId ?? null,
    voting_method: definition.votingMethod,
    candidates,
    regions_withheld: [...shown.regionsWithheld],
    ...(shown.embargo === null && { ...markedResults(shown.count), ...rankedResults(shown.count) }),
    ...(shown.embargo === null && lotResult(definition, regionId, shown.count)),
    ...(shown.embargo === null && regionId === undefined && seats(election, shown.contests)),
    ...commonFields(election, shown, counted.atMs),
  };
}
