import { contestRegionIds, isPublic, type LawDefinition, phaseAt, type RaceDefinition } from "#core/contest.ts";
import { type CountAt, embargoOn } from "#core/disclosure.ts";
import { stageAt } from "#core/published-state.ts";
import { ballotsIn } from "#core/results.ts";
import { turnoutOverTime, turnoutShown } from "#core/turnout.ts";
import { type AdmissionDependencies, electionVotedIn } from "#functions/results/admission.ts";
import { electionResults, lawResults } from "#functions/results/answers.ts";
import type { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { countToShow, type PublishingDependencies } from "#functions/results/publishing.ts";
import { turnoutAnswer } from "#functions/results/turnout.ts";
import { type HttpAnswer, type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { REQUEST_ID_FORM, REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { FIELD_MESSAGES, tellCancellation } from "#functions/runtime/voter-messages.ts";
import type { Elections, RegisteredElection } from "#storage/elections-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Tallies } from "#storage/tallies-table.ts";

export type ResultsDependencies = AdmissionDependencies &
  PublishingDependencies &
  Readonly<{ elections: Elections; tallies: Pick<Tallies, "turnoutOf">; now: () => number }>;

/** Tallies are read at most this often, however many ask. */
const COUNTED_EVERY_MS = 2_000;
/** Turnout has a point per quarter-hour. */
const TURNOUT_EVERY_MS = 10_000;
const FOR_EVERYBODY = "public, max-age=2, stale-while-revalidate=10, stale-if-error=300";
/** Results shown only to those who have voted must not be cached. */
const FOR_WHO_VOTED = "private, no-store";
const TURNOUT_FOR_EVERYBODY = "public, max-age=10, stale-while-revalidate=60, stale-if-error=300";

type Law = RegisteredElection & Readonly<{ definition: LawDefinition }>;
type Race = RegisteredElection & Readonly<{ definition: RaceDefinition }>;

function isLaw(election: RegisteredElection | undefined): election is Law {
  return election !== undefined && election.definition.votingMethod === "referendum";
}

function isRace(election: RegisteredElection | undefined): election is Race {
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

/** Answers the results routes from the tallies, or from what is published of them. */
export function createResultsHandler(dependencies: ResultsDependencies): HttpHandler {
  const { elections, tallies, now } = dependencies;
  const kept = keepAnswers<CountAt>(COUNTED_EVERY_MS, now);
  const keptTurnout = keepAnswers<TurnoutOverTime>(TURNOUT_EVERY_MS, now);
  const keptReceived = keepAnswers<number>(COUNTED_EVERY_MS, now);
  const raceResults = onceForEachCount();

  const count = ({ definition }: RegisteredElection): Promise<CountAt> =>
    kept(definition.electionId, () => countToShow(dependencies, definition, now()));

  const turnout = (election: RegisteredElection): Promise<TurnoutOverTime> => {
    const { definition } = election;
    const atMs = now();
    if (stageAt(definition, atMs) === "in-steps") {
      return count(election).then(({ growth }) => turnoutAnswer(election, turnoutShown(growth), atMs));
    }
    return keptTurnout(definition.electionId, async () =>
      turnoutAnswer(election, turnoutOverTime(await tallies.turnoutOf(definition.electionId)), atMs),
    );
  };

  const law = async (election: Law, hasVoted: boolean): Promise<LawResults> => {
    const { electionId, quorum } = election.definition;
    const counted = await count(election);
    const isAsked = quorum !== undefined && phaseAt(election.definition, now()) === "closed";
    // Turnout over time has only what `submit` received: whoever writes to the box adds spoiled ballots, and no quorum.
    const received = isAsked
      ? await keptReceived(electionId, async () => ballotsIn(await tallies.turnoutOf(electionId)))
      : Number.POSITIVE_INFINITY;
    return lawResults(election, counted, hasVoted, received);
  };

  return async (event) => {
    const language = languageOf(event);
    const { law_id: lawId, election_id: electionId, region_id: regionId } = event.pathParameters ?? {};

    /** Answers about these elections; a request id matters only for results shown after voting, and only in its election. */
    const answer = async (
      about: readonly RegisteredElection[],
      bodyFor: (hasVotedIn: (election: RegisteredElection) => boolean) => Promise<unknown>,
    ): Promise<HttpAnswer> => {
      if (!REQUEST_ID_FORM.test(event.headers[REQUEST_ID_HEADER] ?? "")) {
        const errors = [{ field: REQUEST_ID_HEADER, message: FIELD_MESSAGES.invalid[language] }];
        return problem("invalid-request", language, { errors });
      }
      const atMs = now();
      const afterVote = about.filter((election) => embargoOn(election, atMs) === "after-vote");
      const votedIn = afterVote.length > 0 ? await electionVotedIn(event, dependencies) : undefined;
      const isAdmitted = afterVote.some(({ definition }) => definition.electionId === votedIn);
      const body = await bodyFor(({ definition }) => definition.electionId === votedIn);
      const { headers, ...rest } = json(200, body, isAdmitted ? FOR_WHO_VOTED : FOR_EVERYBODY);
      return { ...rest, headers: { ...headers, ...(afterVote.length > 0 && { vary: REQUEST_ID_HEADER }) } };
    };

    const cancelled = ({ definition }: RegisteredElection): HttpAnswer | undefined =>
      definition.cancelled &&
      problem("voting-cancelled", language, { details: tellCancellation(definition, definition.cancelled, language) });

    if (electionId !== undefined && event.routeKey.endsWith("/turnout")) {
      const election = await elections.find(electionId);
      if (election === undefined) return problem("unknown-election", language);
      const refused = cancelled(election);
      if (refused !== undefined) return refused;
      return json(200, await turnout(election), TURNOUT_FOR_EVERYBODY);
    }
    if (lawId !== undefined) {
      const found = await elections.find(lawId);
      if (!isLaw(found)) return problem("unknown-election", language);
      return cancelled(found) ?? answer([found], (hasVotedIn) => law(found, hasVotedIn(found)));
    }
    if (electionId !== undefined) {
      const race = await elections.find(electionId);
      if (!isRace(race)) return problem("unknown-election", language);
      if (regionId !== undefined && !contestRegionIds(race.definition).includes(regionId)) {
        return problem("unknown-region", language);
      }
      return (
        cancelled(race) ??
        answer([race], async (hasVotedIn) => raceResults(race, await count(race), regionId, hasVotedIn(race)))
      );
    }
    const isCounted = ({ definition }: Law): boolean => definition.cancelled === undefined;
    const laws = (await elections.list()).filter(isPublic).filter(isLaw).filter(isCounted);
    return answer(laws, (hasVotedIn) => Promise.all(laws.map((found) => law(found, hasVotedIn(found)))));
  };
}
