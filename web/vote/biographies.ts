import type { RaceDefinition } from "#core/contest.ts";
import type { Candidate } from "#core/election.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { api, useAnswer } from "#web/shell/answers.tsx";

const NOTHING_ASKED = new Promise<never>(() => {});

/** What candidates say of themselves: in the definition, or asked for by region where it is long. */
export function useBiographies({ electionId }: RaceDefinition, regionId: string, isByRegion: boolean) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(regionId, () =>
    isByRegion ? api.candidates(language, electionId, regionId) : NOTHING_ASKED,
  );
  const told = answer?.kind === "ok" ? answer.body : [];
  return {
    isAwaited: isByRegion && answer === undefined,
    /** Asks again; only after a failure. */
    retry: answer === undefined || answer.kind === "ok" ? undefined : retry,
    biographyOf: ({ candidateId, bio }: Candidate) =>
      bio ?? told.find(({ candidate_id }) => candidate_id === candidateId)?.bio ?? undefined,
  };
}
