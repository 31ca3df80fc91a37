import * as z from "zod/mini";
import { candidatesIn, isPublic, isTrustees, partyOf, type RaceDefinition, votingPhaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import { onceEach } from "#core/once-each.ts";
import { BALLOT_BYTES } from "#core/trustees/level.ts";
import type { PublicCandidate, PublicElection, PublicRegion } from "#functions/elections/contract.ts";
import { certifiedAnswer } from "#functions/runtime/certified-contract.ts";
import { CHANGES_HEADER, NEWEST_CHANGE_HEADER } from "#functions/runtime/chain-headers-contract.ts";
import { type HttpAnswer, type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { Biographies, hasLongBiographies, withoutBiographies } from "#storage/biographies.ts";
import type { BiographyTexts } from "#storage/biographies-table.ts";
import { canNameElection, sha256Hex } from "#storage/definition-parts.ts";
import type { Elections, RegisteredElection, StatedText } from "#storage/elections-table.ts";
import { newestOf } from "#storage/stated-opening.ts";

export type ElectionsDependencies = Readonly<{
  elections: Elections;
  openingOf: StatedText;
  changesOf: StatedText;
  biographiesOf: BiographyTexts;
  now: () => number;
}>;

const CACHE_CONTROL = "public, max-age=5, stale-while-revalidate=30, stale-if-error=300";

/** As everybody reads it: an answer has at most 6 MB (Lambda's quota), so long biographies come by region. */
const toRead = onceEach((definition: ElectionDefinition) => {
  if (definition.votingMethod === "referendum") return { definition, biographies_by_region: false };
  const isApart = definition.biographies !== undefined || hasLongBiographies(definition);
  return { definition: isApart ? withoutBiographies(definition) : definition, biographies_by_region: isApart };
});

function publicElection(
  { definition, publicKey, opening, published, ceremony, ceremonyWords: words }: RegisteredElection,
  atMs: number,
): PublicElection {
  return {
    election_id: definition.electionId,
    voting_method: definition.votingMethod,
    paper: definition.paper ?? null,
    title: definition.title,
    status: votingPhaseAt({ definition, opening }, atMs),
    opens_at: definition.opensAt,
    closes_at: definition.closesAt,
    ...toRead(definition),
    public_key: publicKey,
    ...(ceremony !== undefined && words !== undefined && { ceremony: { record: ceremony, words } }),
    opening_sha256: opening ?? null,
    envelope_bytes: isTrustees(definition) ? BALLOT_BYTES : envelopeBytes(definition),
    identity: definition.identity ?? null,
    credential_fields: definition.credentialFields,
    ...(published !== undefined && { certified: certifiedAnswer(definition.electionId, published) }),
  };
}

/** Every region of every election, once, with its elections. */
function publicRegions(elections: readonly RegisteredElection[]): readonly PublicRegion[] {
  const regions = new Map<string, PublicRegion>();
  for (const { definition } of elections) {
    for (const { regionId, name } of definition.regions) {
      const known = regions.get(regionId) ?? { region_id: regionId, name, election_ids: [] };
      regions.set(regionId, { ...known, election_ids: [...known.election_ids, definition.electionId] });
    }
  }
  return [...regions.values()];
}

function publicCandidates(
  definition: RaceDefinition,
  regionId: string,
  biographies: Biographies,
): readonly PublicCandidate[] {
  return candidatesIn(definition, regionId).map((candidate) => ({
    candidate_id: candidate.candidateId,
    first_name: candidate.firstName,
    last_name: candidate.lastName,
    ...partyOf(definition, candidate),
    bio: candidate.bio ?? biographies[candidate.candidateId] ?? null,
    photo: candidate.photo ?? null,
    withdrawn_at: candidate.withdrawnAt ?? null,
  }));
}

/** How long the chain after an opening is, and what tells its end. */
function chainHeaders(opening: string, changesText: string): Readonly<Record<string, string>> {
  const changes = z.array(z.unknown()).parse(JSON.parse(changesText));
  return {
    [CHANGES_HEADER]: String(changes.length),
    [NEWEST_CHANGE_HEADER]: newestOf({ sha256: sha256Hex(opening), changes }),
  };
}

/** Answers the routes of elections, papers, regions, candidates and opening statements. */
export function createElectionsHandler({
  elections,
  openingOf,
  changesOf,
  biographiesOf,
  now,
}: ElectionsDependencies): HttpHandler {
  const answer = (body: unknown): HttpAnswer => json(200, body, CACHE_CONTROL);

  return async (event) => {
    const language = languageOf(event);
    const { election_id: electionId, paper_id: paperId, region_id: regionId } = event.pathParameters ?? {};
    if (paperId !== undefined) {
      const all = canNameElection(paperId) ? await elections.list() : [];
      const questions = all.filter(({ definition }) => definition.paper === paperId);
      if (questions.length === 0) return problem("unknown-election", language);
      return answer(questions.map((election) => publicElection(election, now())));
    }
    if (electionId === undefined) {
      const all = (await elections.list()).filter(isPublic);
      if (event.routeKey.endsWith("/regions")) return answer(publicRegions(all));
      return answer(all.map((election) => publicElection(election, now())));
    }
    const election = await elections.find(electionId);
    if (election === undefined) return problem("unknown-election", language);
    if (event.routeKey.endsWith("/opening")) {
      const body = await openingOf(electionId);
      if (body === undefined) return problem("no-opening", language);
      const { headers, ...answered } = answer(undefined);
      const chain = chainHeaders(body, (await changesOf(electionId)) ?? "[]");
      return { ...answered, headers: { ...headers, ...chain }, body };
    }
    if (regionId === undefined) return answer(publicElection(election, now()));
    const { definition } = election;
    if (
      definition.votingMethod === "referendum" ||
      !definition.regions.some((region) => region.regionId === regionId)
    ) {
      return problem("unknown-region", language);
    }
    const named = definition.biographies?.[regionId];
    const biographies =
      named === undefined ? {} : Biographies.parse(JSON.parse(await biographiesOf(electionId, named)));
    return answer(publicCandidates(definition, regionId, biographies));
  };
}
