import { candidatesIn, contestRegionIds, type RaceDefinition } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { type Expectation, optionKey } from "#load/shared/accounting.ts";
import { contestKey } from "#storage/keys.ts";

/** Voters and their choices, all made beforehand, so that the right result is known. */

/** A whole number from 0 up to, not including, the bound. */
export type Random = (bound: number) => number;

export type Credential = Readonly<{ nas: string; code: string }>;

/** A voter of one election. */
export type FreshVoter = Credential & Readonly<{ electionId: string; regionId: string }>;

/** A voter with a choice that fits the contest. */
export type Ballot = Readonly<{ voter: FreshVoter; definition: ElectionDefinition; selection: Selection }>;

/** A request ready to be posted. */
export type PostRequest = Readonly<{
  path: string;
  body: string;
  /** The address it comes from; undefined for that of the connection. */
  from?: string | undefined;
}>;

/** A request, and what it must lead to. */
export type PlannedPost = PostRequest & Readonly<{ expectation: Expectation }>;

/** What a run posts, in order. An array is one; a plan of a million makes each post when it is asked for. */
export type PostPlan = Readonly<{ length: number; at(index: number): Pick<PlannedPost, "expectation"> | undefined }> &
  (Iterable<PlannedPost> | AsyncIterable<PlannedPost>);

function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new RangeError("nothing to pick from");
  return picked;
}

/** The list in an order drawn at random. */
export function shuffle<T>(list: readonly T[], random: Random): readonly T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

function chooseIn(definition: RaceDefinition, regionId: string, random: Random): Selection {
  const standing = candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
  if (definition.votingMethod === "single_choice") return { kind: "candidate", candidateId: pick(standing, random) };
  const ranks = 1 + random(Math.min(standing.length, definition.maxRankings));
  return { kind: "ranking", candidateIds: shuffle(standing, random).slice(0, ranks) };
}

/** A choice that fits the contest, never a blank one. */
export function choose(definition: ElectionDefinition, regionId: string, random: Random): Selection {
  if (definition.votingMethod !== "referendum") return chooseIn(definition, regionId, random);
  return { kind: "choice", choice: pick(["oui", "non"], random) };
}

/** What the ballot of one number says: the elections take turns, its region and its choice are drawn. */
export function drawChoice(
  definitions: readonly ElectionDefinition[],
  index: number,
  random: Random,
): Readonly<{ definition: ElectionDefinition; regionId: string; selection: Selection }> {
  const definition = definitions[index % definitions.length];
  if (definition === undefined) throw new RangeError("nothing to vote on");
  const regionId = pick(contestRegionIds(definition), random);
  return { definition, regionId, selection: choose(definition, regionId, random) };
}

/** Gives each credential an election in turn, a region of it at random, and a ballot. The elections must ask for NAS and code. */
export function drawBallots(
  definitions: readonly ElectionDefinition[],
  credentials: Readonly<{ length: number; at(index: number): Credential | undefined }>,
  random: Random,
): readonly Ballot[] {
  return Array.from({ length: credentials.length }, (_, index) => {
    const { nas, code } = credentials.at(index) ?? { nas: "", code: "" };
    const { definition, regionId, selection } = drawChoice(definitions, index, random);
    return { voter: { nas, code, electionId: definition.electionId, regionId }, definition, selection };
  });
}

function plainChoice(selection: Selection): object {
  switch (selection.kind) {
    case "choice":
      return { vote: selection.choice };
    case "candidate":
      return { candidate_id: selection.candidateId };
    case "ranking":
      return { ranked_choices: selection.candidateIds };
    case "blank":
      return { blank: true };
    default:
      return selection satisfies never;
  }
}

/** The request of a ballot; a sealed one when its envelope, base64url, is given. */
export function requestOf({ voter, definition, selection }: Ballot, envelope?: string): { path: string; body: string } {
  const { nas, code, electionId, regionId } = voter;
  const choice = envelope === undefined ? plainChoice(selection) : { envelope };
  if (definition.votingMethod === "referendum") {
    return { path: "/api/v1/vote", body: JSON.stringify({ nas, code, law_id: electionId, ...choice }) };
  }
  const race = { election_id: electionId, region_id: regionId, voting_method: definition.votingMethod };
  return { path: "/api/v1/elections/vote", body: JSON.stringify({ nas, code, ...race, ...choice }) };
}

/** Where the tallies count a ballot. */
export function optionOf({ voter, selection }: Ballot): string {
  return optionKey(contestKey(voter.electionId, voter.regionId), writeSelection(selection));
}
