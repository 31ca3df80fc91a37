import {
  contestRegionIds,
  type LawDefinition,
  type Phase,
  partyOf,
  phaseAt,
  type RaceDefinition,
} from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { lawOutcome, shareAsNumber } from "#core/law-outcome.ts";
import {
  type ContestTotals,
  type Embargo,
  embargoOn,
  isBelowPrivacyThreshold,
  percentage,
  roundToPrivacyThreshold,
  sumTallies,
  type Tally,
  totalsOf,
} from "#core/results.ts";
import { seatsByParty, seatsOf } from "#core/seats.ts";
import type {
  CandidateResult,
  ElectionResults,
  LawOutcomeResult,
  LawResults,
  SeatResult,
  Turnout,
} from "#functions/results/contract.ts";
import { rankedResults } from "#functions/results/rounds.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";

/** What may be said of an election's count at an instant, as the API says it. Embargo is decided here and nowhere else. */

/** Tallies by region id, one for every contest of the election, all read at `atMs`. */
export type ElectionTallies = Readonly<{ atMs: number; byRegion: ReadonlyMap<string, Tally> }>;

type Shown = Readonly<{
  embargo: Embargo | null;
  /** Of each region that may be shown. */
  tallies: ReadonlyMap<string, Tally>;
  /** Of the same, summed. */
  tally: Tally;
  totals: ContestTotals;
  turnout: Turnout;
  regionsWithheld: readonly string[];
}>;

function ballotsIn(tally: Tally): number {
  return [...tally.values()].reduce((sum, count) => sum + count, 0);
}

/** Decides what may be shown of one region, or of all regions summed when `regionId` is undefined. */
function show(
  election: RegisteredElection,
  tallies: ElectionTallies,
  regionId: string | undefined,
  hasVoted: boolean,
): Shown {
  const { definition, rollCounts } = election;
  const regionIds = regionId === undefined ? contestRegionIds(definition) : [regionId];
  const tallyOf = (id: string): Tally => tallies.byRegion.get(id) ?? new Map();
  // A sum that held a withheld region would give it away by subtraction.
  const withheld = regionIds.filter((id) => isBelowPrivacyThreshold(definition, ballotsIn(tallyOf(id)), tallies.atMs));
  const shown = regionIds.filter((id) => !withheld.includes(id));
  const embargo = embargoOn(definition, tallies.atMs, hasVoted) ?? (shown.length === 0 ? "minimum-ballots" : null);

  const cast = regionIds.reduce((sum, id) => sum + ballotsIn(tallyOf(id)), 0);
  const ballots = embargo === null && withheld.length === 0 ? cast : roundToPrivacyThreshold(definition, cast);
  const onRoll = regionIds.reduce((sum, id) => sum + (rollCounts.get(id) ?? 0), 0);
  const shownTallies = new Map(shown.map((id) => [id, tallyOf(id)]));
  const tally = sumTallies(shownTallies.values());
  return {
    embargo,
    tallies: shownTallies,
    tally,
    totals: totalsOf(definition, tally, regionId),
    turnout: { ballots, on_roll: onRoll, percentage: percentage(ballots, onRoll) },
    regionsWithheld: withheld,
  };
}

/** What results tell of an election as a whole, all regions together. */
export type Overview = Readonly<{
  embargo: Embargo | null;
  turnout: Turnout;
  /** Multiple that its ballots are rounded down to; 1 when they are told exactly. */
  roundedTo: number;
  /** Undefined while any part of the result is withheld. */
  spoiled: number | undefined;
}>;

/** The overview that everybody may have, whether or not they voted. */
export function overviewOf(election: RegisteredElection, tallies: ElectionTallies): Overview {
  const { embargo, turnout, totals, regionsWithheld } = show(election, tallies, undefined, false);
  const isWhole = embargo === null && regionsWithheld.length === 0;
  return {
    embargo,
    turnout,
    roundedTo: isWhole ? 1 : election.definition.minimumBallots,
    spoiled: isWhole ? totals.spoiled : undefined,
  };
}

/** The fields that a law's results and an election's share. */
function commonFields(definition: ElectionDefinition, { embargo, totals, turnout }: Shown, atMs: number) {
  const unless = (value: number): number | null => (embargo === null ? value : null);
  const status: Phase = phaseAt(definition, atMs);
  return {
    title: definition.title,
    status,
    withheld: embargo,
    total: unless(totals.total),
    blank: unless(totals.blank),
    spoiled: unless(totals.spoiled),
    turnout,
    updated_at: new Date(atMs).toISOString(),
  };
}

function outcomeOf(definition: LawDefinition, { embargo, totals, turnout }: Shown, atMs: number): LawOutcomeResult {
  const isDecided = embargo === null && phaseAt(definition, atMs) === "closed";
  const figures = {
    oui: totals.votes.get("oui") ?? 0,
    total: totals.total,
    ballots: totals.ballots,
    onRoll: turnout.on_roll,
  };
  const { quorum, requiredMajority } = definition;
  return {
    kind: isDecided ? lawOutcome(definition, figures) : "undecided",
    quorum: quorum === undefined ? null : percentage(shareAsNumber(quorum), 1),
    required_majority: {
      kind: requiredMajority.kind,
      percentage: percentage(shareAsNumber(requiredMajority.share), 1),
    },
  };
}

/** Results of a law; `hasVoted` when whoever asks has shown that a ballot of theirs was accepted. */
export function lawResults(
  election: RegisteredElection & Readonly<{ definition: LawDefinition }>,
  tallies: ElectionTallies,
  hasVoted: boolean,
): LawResults {
  const shown = show(election, tallies, undefined, hasVoted);
  const votesFor = (choice: string): number | null =>
    shown.embargo === null ? (shown.totals.votes.get(choice) ?? 0) : null;
  const shareOf = (choice: string): number | null => {
    const votes = votesFor(choice);
    return votes === null ? null : percentage(votes, shown.totals.total);
  };
  return {
    law_id: election.definition.electionId,
    oui: votesFor("oui"),
    non: votesFor("non"),
    percentages: { oui: shareOf("oui"), non: shareOf("non") },
    ...commonFields(election.definition, shown, tallies.atMs),
    outcome: outcomeOf(election.definition, shown, tallies.atMs),
  };
}

/** Each region's seat, and how many each party has. */
function seats(
  definition: RaceDefinition,
  tallies: ReadonlyMap<string, Tally>,
): Required<Pick<ElectionResults, "seats" | "seats_by_party">> {
  const won = seatsOf(definition, tallies);
  return {
    seats: won.map(({ regionId, outcome }): SeatResult => {
      const { kind } = outcome;
      const who = kind === "elected" ? [outcome.candidateId] : kind === "tie" ? [...outcome.tied] : [];
      return { region_id: regionId, kind, candidate_ids: who };
    }),
    seats_by_party: seatsByParty(definition, won).map(({ partyId, seats: count }) => {
      const party = definition.parties.find((one) => one.partyId === partyId);
      return { party: party?.name ?? null, colour: party?.colour ?? null, seats: count };
    }),
  };
}

/** Results of a race in one region, or in all regions summed when `regionId` is undefined; `hasVoted` as for a law. */
export function electionResults(
  election: RegisteredElection & Readonly<{ definition: RaceDefinition }>,
  tallies: ElectionTallies,
  regionId: string | undefined,
  hasVoted: boolean,
): ElectionResults {
  const { definition } = election;
  const shown = show(election, tallies, regionId, hasVoted);
  const candidates = definition.candidates
    .filter(({ candidateId }) => shown.totals.votes.has(candidateId))
    .map((candidate): CandidateResult => {
      const votes = shown.embargo === null ? (shown.totals.votes.get(candidate.candidateId) ?? 0) : null;
      return {
        candidate_id: candidate.candidateId,
        name: `${candidate.firstName} ${candidate.lastName}`,
        ...partyOf(definition, candidate),
        votes,
        percentage: votes === null ? null : percentage(votes, shown.totals.total),
      };
    });
  return {
    election_id: definition.electionId,
    region_id: regionId ?? null,
    voting_method: definition.votingMethod,
    candidates,
    regions_withheld: [...shown.regionsWithheld],
    ...(shown.embargo === null && rankedResults(definition, shown.tally, regionId)),
    ...(shown.embargo === null && regionId === undefined && seats(definition, shown.tallies)),
    ...commonFields(definition, shown, tallies.atMs),
  };
}
