import { type LawDefinition, phaseAt, type RaceDefinition } from "#core/contest.ts";
import type { CountAt } from "#core/disclosure.ts";
import { stageAt } from "#core/published-state.ts";
import { ballotsIn } from "#core/results.ts";
import { turnoutOverTime, turnoutShown } from "#core/turnout.ts";
import { electionResults, lawResults } from "#functions/results/answers.ts";
import type { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { countToShow, type PublishingDependencies } from "#functions/results/publishing.ts";
import { turnoutAnswer } from "#functions/results/turnout.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Tallies } from "#storage/tallies-table.ts";

/** Reads what may be shown of results, for whoever answers with it. */

export type ReaderDependencies = PublishingDependencies &
  Readonly<{ tallies: Pick<Tallies, "turnoutOf">; now: () => number }>;

/** Tallies are read at most this often, however many ask. */
const COUNTED_EVERY_MS = 2_000;
/** Turnout has a point per quarter-hour. */
const TURNOUT_EVERY_MS = 10_000;

export type Law = RegisteredElection & Readonly<{ definition: LawDefinition }>;
export type Race = RegisteredElection & Readonly<{ definition: RaceDefinition }>;

export function isLaw(election: RegisteredElection | undefined): election is Law {
  return election !== undefined && election.definition.votingMethod === "referendum";
}

export function isRace(election: RegisteredElection | undefined): election is Race {
  return election !== undefined && election.definition.votingMethod !== "referendum";
}

/** Computes a race's results once per count, however many ask: the rounds of a large contest take a while. */
function onceForEachCount(): typeof electionResults {
  const made = new WeakMap<CountAt, Map<string, ElectionResults>>();
  return (race, counted, regionId, hasVoted) => {
    const known = made.get(counted) ?? new Map<string, ElectionResults>();
    made.set(counted, known);
    const key = `${regionId ?? ""} ${hasVoted}`;
    const results = known.get(key) ?? electionResults(race, counted, regionId, hasVoted);
    known.set(key, results);
    return results;
  };
}

/** `hasVoted` says whether the reader has proved to have voted in this election. */
export type ResultsReader = Readonly<{
  law(election: Law, hasVoted: boolean): Promise<LawResults>;
  /** @param regionId all regions summed where it is undefined */
  race(election: Race, regionId: string | undefined, hasVoted: boolean): Promise<ElectionResults>;
  turnout(election: RegisteredElection): Promise<TurnoutOverTime>;
}>;

export function resultsReader(dependencies: ReaderDependencies): ResultsReader {
  const { tallies, now } = dependencies;
  const kept = keepAnswers<CountAt>(COUNTED_EVERY_MS, now);
  const keptTurnout = keepAnswers<TurnoutOverTime>(TURNOUT_EVERY_MS, now);
  const keptReceived = keepAnswers<number>(COUNTED_EVERY_MS, now);
  const raceResults = onceForEachCount();

  const count = (election: RegisteredElection): Promise<CountAt> =>
    // What is opened is never mixed up with what was counted before.
    kept(`${election.definition.electionId} ${election.isOpened}`, () => countToShow(dependencies, election, now()));

  return {
    async turnout(election) {
      const { definition } = election;
      const atMs = now();
      if (stageAt(definition, atMs) === "in-steps") {
        return count(election).then(({ growth }) => turnoutAnswer(election, turnoutShown(growth), atMs));
      }
      return keptTurnout(definition.electionId, async () =>
        turnoutAnswer(election, turnoutOverTime(await tallies.turnoutOf(definition.electionId)), atMs),
      );
    },
    async law(election, hasVoted) {
      const { electionId, quorum } = election.definition;
      const counted = await count(election);
      const isAsked = quorum !== undefined && phaseAt(election.definition, now()) === "closed";
      // Turnout over time has only what `submit` received: whoever writes to the box adds spoiled ballots, and no quorum.
      const received = isAsked
        ? await keptReceived(electionId, async () => ballotsIn(await tallies.turnoutOf(electionId)))
        : Number.POSITIVE_INFINITY;
      return lawResults(election, counted, hasVoted, received);
    },
    race: async (election, regionId, hasVoted) => raceResults(election, await count(election), regionId, hasVoted),
  };
}
