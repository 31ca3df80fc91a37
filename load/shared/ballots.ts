import { candidatesIn, contestRegionIds, mostChoices } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { type Expectation, optionKey } from "#load/shared/accounting.ts";
import type { OpenElection } from "#load/shared/elections.ts";
import { contestKey } from "#storage/keys.ts";
import { type SealedBallot, type SignedBallot, sealBallot, signBallot } from "#web/sealing.ts";

/** Voters and their choices, all made beforehand, so that the right result is known. */

/** A whole number from 0 up to, not including, the bound. */
export type Random = (bound: number) => number;

export type Credential = Readonly<{ nas: string; code: string }>;

export type FreshVoter = Credential & Readonly<{ electionId: string; regionId: string }>;

/** A voter with a choice that fits the contest. */
export type Ballot = OpenElection & Readonly<{ voter: FreshVoter; selection: Selection }>;

export type PostRequest = Readonly<{
  path: string;
  body: string;
  /** The address it comes from; undefined for that of the connection. */
  from?: string | undefined;
}>;

export type PlannedPost = PostRequest & Readonly<{ expectation: Expectation }>;

/** What a run posts, in order: an array, or for a million votes something that makes each post on demand. */
export type PostPlan = Readonly<{ length: number; at(index: number): Pick<PlannedPost, "expectation"> | undefined }> &
  (Iterable<PlannedPost> | AsyncIterable<PlannedPost>);

function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new RangeError("nothing to pick from");
  return picked;
}

export function shuffle<T>(list: readonly T[], random: Random): readonly T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

/** A choice that fits the contest, never blank. @param ranks how many ranks a ranked ballot fills: a random number, or all */
export function choose(
  definition: ElectionDefinition,
  regionId: string,
  random: Random,
  ranks: "any" | "all" = "any",
): Selection {
  if (definition.votingMethod === "referendum") return { kind: "choice", choice: pick(["oui", "non"], random) };
  const standing = candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
  if (definition.votingMethod === "single_choice") return { kind: "candidate", candidateId: pick(standing, random) };
  const isMarked = definition.votingMethod === "choose";
  const most = isMarked ? mostChoices(definition, regionId) : Math.min(standing.length, definition.maxRankings);
  return {
    kind: isMarked ? "marks" : "ranking",
    candidateIds: shuffle(standing, random).slice(0, ranks === "all" ? most : 1 + random(most)),
  };
}

/** The ballot of one number: the elections take turns, region and choice are random. */
export function drawChoice(
  elections: readonly OpenElection[],
  index: number,
  random: Random,
  ranks?: "any" | "all",
): OpenElection & Readonly<{ regionId: string; selection: Selection }> {
  const election = elections[index % elections.length];
  if (election === undefined) throw new RangeError("nothing to vote on");
  const regionId = pick(contestRegionIds(election.definition), random);
  return { ...election, regionId, selection: choose(election.definition, regionId, random, ranks) };
}

/** Gives each credential an election in turn, a random region, and a ballot. The elections must ask for NAS and code. */
export function drawBallots(
  elections: readonly OpenElection[],
  credentials: Readonly<{ length: number; at(index: number): Credential | undefined }>,
  random: Random,
): readonly Ballot[] {
  return Array.from({ length: credentials.length }, (_, index) => {
    const { nas, code } = credentials.at(index) ?? { nas: "", code: "" };
    const { regionId, ...ballot } = drawChoice(elections, index, random);
    return { ...ballot, voter: { nas, code, electionId: ballot.definition.electionId, regionId } };
  });
}

export type Sealed = SealedBallot & Readonly<{ signed: SignedBallot }>;

/** As the site does it. @param other an envelope to cast in place of the voter's own */
export async function seal(
  { definition, publicKey, opening, voter, selection }: Ballot,
  other?: string,
): Promise<Sealed> {
  if (opening === undefined) throw new Error(`the opening of election ${definition.electionId} is not stated`);
  const own = await sealBallot({ definition, opening }, publicKey, voter.regionId, selection);
  const sealed = { ...own, envelope: other ?? own.envelope };
  const signed = await signBallot(definition, voter.regionId, sealed, { nas: voter.nas, code: voter.code });
  return { ...sealed, signed };
}

function plainChoice(selection: Selection): object {
  switch (selection.kind) {
    case "choice":
      return { vote: selection.choice };
    case "candidate":
      return { candidate_id: selection.candidateId };
    case "marks":
      return { candidate_ids: selection.candidateIds };
    case "ranking":
      return { ranked_choices: selection.candidateIds };
    case "blank":
      return { blank: true };
    default:
      return selection satisfies never;
  }
}

/** The request of a ballot; a sealed one when it is given sealed. */
export function requestOf(
  { voter, definition, selection }: Omit<Ballot, "publicKey" | "opening">,
  sealed?: SignedBallot,
): { path: string; body: string } {
  const { nas, code, electionId, regionId } = voter;
  if (definition.votingMethod === "referendum") {
    const choice = sealed ?? (selection.kind === "blank" ? { vote: "blank" } : plainChoice(selection));
    return { path: "/api/v1/vote", body: JSON.stringify({ nas, code, law_id: electionId, ...choice }) };
  }
  const choice = sealed ?? plainChoice(selection);
  const race = { election_id: electionId, region_id: regionId, voting_method: definition.votingMethod };
  return { path: "/api/v1/elections/vote", body: JSON.stringify({ nas, code, ...race, ...choice }) };
}

export function withoutFirstDigit<Request extends PostRequest>(request: Request): Request {
  return { ...request, body: request.body.replace(/"nas":"\d/, '"nas":"') };
}

/** Where the tallies count a ballot. */
export function optionOf({ voter, selection }: Pick<Ballot, "voter" | "selection">): string {
  return optionKey(contestKey(voter.electionId, voter.regionId), writeSelection(selection));
}
