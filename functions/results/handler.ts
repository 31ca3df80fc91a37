import { contestRegionIds, isPublic } from "#core/contest.ts";
import { embargoOn } from "#core/disclosure.ts";
import { type AdmissionDependencies, electionVotedIn } from "#functions/results/admission.ts";
import { isLaw, isRace, type Law, type ReaderDependencies, resultsReader } from "#functions/results/reader.ts";
import { type HttpAnswer, type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { REQUEST_ID_FORM, REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { FIELD_MESSAGES, tellCancellation } from "#functions/runtime/voter-messages.ts";
import type { Elections, RegisteredElection } from "#storage/elections-table.ts";

export type ResultsDependencies = AdmissionDependencies & ReaderDependencies & Readonly<{ elections: Elections }>;

const FOR_EVERYBODY = "public, max-age=2, stale-while-revalidate=10, stale-if-error=300";
/** Results shown only to those who have voted must not be cached. */
const FOR_WHO_VOTED = "private, no-store";
const TURNOUT_FOR_EVERYBODY = "public, max-age=10, stale-while-revalidate=60, stale-if-error=300";

/** Answers the results routes from the tallies, or from what is published of them. */
export function createResultsHandler(dependencies: ResultsDependencies): HttpHandler {
  const { elections, now } = dependencies;
  const reader = resultsReader(dependencies);

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
      return json(200, await reader.turnout(election), TURNOUT_FOR_EVERYBODY);
    }
    if (lawId !== undefined) {
      const found = await elections.find(lawId);
      if (!isLaw(found)) return problem("unknown-election", language);
      return cancelled(found) ?? answer([found], (hasVotedIn) => reader.law(found, hasVotedIn(found)));
    }
    if (electionId !== undefined) {
      const race = await elections.find(electionId);
      if (!isRace(race)) return problem("unknown-election", language);
      if (regionId !== undefined && !contestRegionIds(race.definition).includes(regionId)) {
        return problem("unknown-region", language);
      }
      return cancelled(race) ?? answer([race], (hasVotedIn) => reader.race(race, regionId, hasVotedIn(race)));
    }
    const isCounted = ({ definition }: Law): boolean => definition.cancelled === undefined;
    const laws = (await elections.list()).filter(isPublic).filter(isLaw).filter(isCounted);
    return answer(laws, (hasVotedIn) => Promise.all(laws.map((found) => reader.law(found, hasVotedIn(found)))));
  };
}
