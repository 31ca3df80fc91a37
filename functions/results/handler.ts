import { contestRegionIds, type RaceDefinition } from "#core/contest.ts";
import { type Counted, electionResults, lawResults } from "#functions/results/answers.ts";
import type { Elections, RegisteredElection } from "#functions/shared/elections-table.ts";
import { type HttpAnswer, type HttpHandler, json, languageOf, problem } from "#functions/shared/http.ts";
import { keepAnswers } from "#functions/shared/kept-answers.ts";
import type { Tallies } from "#functions/shared/tallies-table.ts";

export type ResultsDependencies = Readonly<{ elections: Elections; tallies: Tallies; now: () => number }>;

/** Tallies are read at most once in this time, however many ask. */
const COUNTED_EVERY_MS = 2_000;
const CACHE_CONTROL = "public, max-age=2, stale-while-revalidate=10, stale-if-error=300";

type Race = RegisteredElection & Readonly<{ definition: RaceDefinition }>;

function isRace(election: RegisteredElection | undefined): election is Race {
  return election !== undefined && election.definition.votingMethod !== "referendum";
}

/** Answers the four results routes from the tallies. */
export function createResultsHandler({ elections, tallies, now }: ResultsDependencies): HttpHandler {
  const kept = keepAnswers<Counted>(COUNTED_EVERY_MS, now);

  const count = ({ definition }: RegisteredElection): Promise<Counted> =>
    kept(definition.electionId, async () => {
      const atMs = now();
      const read = contestRegionIds(definition).map(
        async (regionId) => [regionId, await tallies.histogramOf(definition.electionId, regionId)] as const,
      );
      return { atMs, histograms: new Map(await Promise.all(read)) };
    });

  const answer = (body: unknown): HttpAnswer => json(200, body, CACHE_CONTROL);

  return async (event) => {
    const language = languageOf(event);
    const { law_id: lawId, election_id: electionId, region_id: regionId } = event.pathParameters ?? {};
    if (lawId !== undefined) {
      const law = await elections.find(lawId);
      if (law === undefined || law.definition.votingMethod !== "referendum")
        return problem("unknown-election", language);
      return answer(lawResults(law, await count(law)));
    }
    if (electionId !== undefined) {
      const race = await elections.find(electionId);
      if (!isRace(race)) return problem("unknown-election", language);
      if (regionId !== undefined && !contestRegionIds(race.definition).includes(regionId)) {
        return problem("unknown-region", language);
      }
      return answer(electionResults(race, await count(race), regionId));
    }
    const laws = (await elections.list()).filter(({ definition }) => definition.votingMethod === "referendum");
    return answer(await Promise.all(laws.map(async (law) => lawResults(law, await count(law)))));
  };
}
