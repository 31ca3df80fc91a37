import { fetchElection } from "#admin/elections/published-results.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { candidatesIn, contestRegionIds, mostChoices } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { bareClient } from "#load/clients/bare-posting.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { registerForConsole } from "#load/screenshots/console.ts";
import { countryElection } from "#load/screenshots/country.ts";
import type { Ballot, Credential, Random } from "#load/shared/ballots.ts";
import { credentialOf, inventCredentials } from "#load/shared/credentials.ts";
import { type OpenElection, openElection } from "#load/shared/elections.ts";
import { planPosts } from "#load/shared/electorate.ts";
import { enrol } from "#load/shared/enrolment.ts";
import { connectTo, type StartedSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** A day's votes for the pictures, the same at every run: people lean to some candidates, and some stay at home. */

const SEED = 2026;
const COUNTRY_VOTERS = 30;
/** On the rolls of the demonstration's elections, by contest. */
const VOTERS: Readonly<Record<string, number>> = { "L2025-001": 900, "1": 240, "2": 240, "5": 200, "6": 200 };
const TURNOUT_PERCENT = 64;
const YES_PERCENT = 54;
const BLANK_PERCENT = 3;
/** Which name or party a region likes best, by its place on the ballot; the regions take turns. */
const FAVOURITES = [0, 0, 1, 0, 2, 1, 0, 3, 1, 2];

/** The names in the order in which somebody likes them: those that are liked more come first more often. */
function liking(ids: readonly string[], random: Random): readonly string[] {
  const RANGE = 1e6;
  const drawn = ids.map((id, place) => {
    const weight = 1 / (1 + place);
    return { id, at: -Math.log((1 + random(RANGE)) / (RANGE + 1)) / weight };
  });
  return drawn.sort((one, other) => one.at - other.at).map(({ id }) => id);
}

function leaning(definition: ElectionDefinition, region: number, regionId: string, random: Random): Selection {
  if (definition.votingMethod === "referendum") {
    if (random(100) < BLANK_PERCENT) return { kind: "blank" };
    return { kind: "choice", choice: random(100) < YES_PERCENT ? "oui" : "non" };
  }
  const standing = candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
  const favourite = standing[FAVOURITES[region % FAVOURITES.length] ?? 0] ?? "";
  const order = liking([favourite, ...standing.filter((id) => id !== favourite)], random);
  if (definition.votingMethod === "single_choice") return { kind: "candidate", candidateId: order[0] ?? "" };
  if (definition.votingMethod === "choose") {
    return { kind: "marks", candidateIds: order.slice(0, 1 + random(mostChoices(definition, regionId))) };
  }
  return { kind: "ranking", candidateIds: order.slice(0, 1 + random(definition.maxRankings)) };
}

/** The ballots of everybody on an election's roll, those who stay at home included. */
async function electorate(election: OpenElection, perContest: number): Promise<readonly Ballot[]> {
  const { definition } = election;
  const { electionId } = definition;
  const regionIds = contestRegionIds(definition);
  const credentials = await inventCredentials(perContest * regionIds.length);
  const random = seededRandom(SEED, electionId);
  return regionIds.flatMap((regionId, region) =>
    Array.from({ length: perContest }, (_, person): Ballot => {
      const voter = { ...credentialOf(credentials, region * perContest + person), electionId, regionId };
      return { ...election, voter, selection: leaning(definition, region, regionId, random) };
    }),
  );
}

export type VotedIn = Readonly<{
  /** The election of a parliament. */
  country: string;
  /** Somebody of region 1 who has not voted in the law. */
  nextVoter(): Credential;
}>;

/** Votes in the demonstration's elections and in a country's, and waits until all is counted. */
export async function voteEverywhere(system: StartedSystem, onProgress: OnProgress): Promise<VotedIn> {
  using connection = connectTo(system);
  const elections: (readonly [OpenElection, number])[] = [];
  for (const [electionId, voters] of Object.entries(VOTERS)) {
    const { definition, public_key: publicKey, opening_sha256 } = await fetchElection(system.url, electionId);
    elections.push([{ definition, publicKey, opening: opening_sha256 ?? undefined }, voters]);
  }
  const model = elections.find(([{ definition }]) => definition.votingMethod === "single_choice")?.[0];
  if (model === undefined) throw new Error("the demonstration has no election of one name");
  const country = await openElection(connection, countryElection(model.definition), "pictures");
  elections.push([country, COUNTRY_VOTERS]);
  const ranked = elections.find(([{ definition }]) => definition.votingMethod === "ranked_choice")?.[0];
  if (ranked !== undefined) await registerForConsole(system, ranked.definition);
  const people = (await Promise.all(elections.map(([election, voters]) => electorate(election, voters)))).flat();
  await enrol(
    system,
    people.map(({ voter }) => voter),
    onProgress,
  );
  const random = seededRandom(SEED, "turnout");
  const voting = people.filter(() => random(100) < TURNOUT_PERCENT);
  const atHome = people.filter((ballot) => !voting.includes(ballot));
  const inLaw = atHome.filter(({ definition }) => definition.votingMethod === "referendum");
  await runVotes(system, await planPosts(voting, "half"), bareClient(undefined, "post", onProgress), ({ counted }) =>
    onProgress({ step: "counting", done: counted, total: voting.length }),
  );
  return {
    country: country.definition.electionId,
    nextVoter: () => {
      const ballot = inLaw.pop();
      if (ballot === undefined) throw new RangeError("everybody has voted");
      return ballot.voter;
    },
  };
}
