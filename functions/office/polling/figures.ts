import { contestRegionIds, votingPhaseAt } from "#core/contest.ts";
import { type CountAt, exactCount, publishedCount, show } from "#core/disclosure.ts";
import type { Election, ElectionDefinition } from "#core/election.ts";
import { stageAt } from "#core/published-state.ts";
import type { ExactCounts, PollingFigures, RegionFigures } from "#functions/office/polling/contract.ts";
import {
  firstMinuteMs,
  type Kind,
  type MinuteCounts,
  type VoteCounts,
} from "#functions/runtime/measured/vote-counts.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import type { PublishedStates } from "#storage/published-table.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import type { Tallies } from "#storage/tallies-table.ts";

/**
 * How voting goes in one election. The whole of it is exact, as CloudWatch measured it. Regions are as everybody is shown them: a region's
 * exact count, beside its results in steps, would tell of single ballots (docs/adr/0113-what-the-office-sees-of-a-vote.md).
 */

export type FigureSources = Readonly<{
  tallies: Pick<Tallies, "ofElection">;
  published: Pick<PublishedStates, "find">;
  countsOf: (definitions: readonly ElectionDefinition[]) => Promise<ReadonlyMap<string, VoteCounts>>;
}>;

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
const totalOf = ({ before, minutes }: MinuteCounts): number => before + sum(minutes);

export function exactCounts(counts: VoteCounts, atMs: number): ExactCounts {
  const of = (kind: Kind): number => totalOf(counts[kind]);
  const decided = sum((["accepted", "duplicate", "unknown_credentials", "wrong_region", "struck"] as const).map(of));
  return {
    received: of("received"),
    accepted: of("accepted"),
    duplicate: of("duplicate"),
    unknown_credentials: of("unknown_credentials"),
    wrong_region: of("wrong_region"),
    struck: of("struck"),
    counted: of("counted"),
    // The functions' measurements arrive one by one.
    undecided: Math.max(0, of("received") - decided),
    minutes: {
      from: new Date(firstMinuteMs(atMs)).toISOString(),
      received: counts.received.minutes,
      accepted: counts.accepted.minutes,
    },
  };
}

type Polled = Pick<Election, "definition" | "opening"> &
  Readonly<{ rollCounts: ReadonlyMap<string, number>; votedElsewhere: ReadonlyMap<string, number> }>;

function regionFigures(election: Polled, counted: CountAt | undefined): readonly RegionFigures[] {
  const { definition, rollCounts, votedElsewhere } = election;
  return contestRegionIds(definition).map((regionId) => ({
    region_id: regionId,
    name: definition.regions.find((region) => region.regionId === regionId)?.name ?? null,
    on_roll: rollCounts.get(regionId) ?? 0,
    voted_elsewhere: votedElsewhere.get(regionId) ?? 0,
    ballots:
      counted === undefined || counted.withheld.has(regionId)
        ? null
        : show(election, counted, regionId, false).turnout.ballots,
  }));
}

async function countShown(
  definition: ElectionDefinition,
  { tallies, published }: FigureSources,
  atMs: number,
): Promise<CountAt> {
  return stageAt(definition, atMs) === "exact"
    ? exactCount(definition, await tallies.ofElection(definition), atMs)
    : publishedCount(definition, (await published.find(definition.electionId)).state, atMs);
}

async function measured(
  definition: ElectionDefinition,
  { countsOf }: FigureSources,
  atMs: number,
): Promise<ExactCounts | undefined> {
  try {
    const counts = (await countsOf([definition])).get(definition.electionId);
    return counts && exactCounts(counts, atMs);
  } catch (error) {
    logFailure("polling day does without measurements", error);
    return undefined;
  }
}

export async function pollingFigures(
  { definition, opening, ...counts }: AdministeredElection,
  sources: FigureSources,
  atMs: number,
): Promise<PollingFigures> {
  const election: Polled = {
    definition,
    opening: opening?.sha256,
    rollCounts: new Map(Object.entries(counts.rollCounts)),
    votedElsewhere: new Map(Object.entries(counts.votedElsewhere)),
  };
  const status = votingPhaseAt(election, atMs);
  const hasVotes = status === "open" || status === "closed";
  const [votes, counted] = await Promise.all([
    hasVotes ? measured(definition, sources, atMs) : undefined,
    hasVotes ? countShown(definition, sources, atMs) : undefined,
  ]);
  return {
    election_id: definition.electionId,
    title: definition.title,
    status,
    is_test: definition.test === true,
    opens_at: definition.opensAt,
    closes_at: definition.closesAt,
    time_zone: definition.timeZone,
    updated_at: new Date(atMs).toISOString(),
    on_roll: sum(election.rollCounts.values()),
    voted_elsewhere: sum(election.votedElsewhere.values()),
    votes: votes ?? null,
    votes_unknown: votes !== undefined ? null : hasVotes ? "unreachable" : status,
    rounded_to: counted === undefined || counted.stage === "exact" ? 1 : definition.minimumBallots,
    regions: regionFigures(election, counted),
  };
}
