import { candidatesIn } from "#core/contest.ts";
import {
  type Ballot,
  type Credential,
  drawBallots,
  type PlannedPost,
  planRun,
  type Random,
  requestOf,
  shuffle,
} from "#load/ballots.ts";
import type { OpenElection } from "#load/demo-elections.ts";
import type { Scenario } from "#load/scenarios/scenario.ts";
import { sealBallot } from "#web/sealing.ts";

/** What a scenario posts, and in which order. */

export type BallotPlan = Readonly<{
  /** Whose voters must be on the roll. */
  ballots: readonly Ballot[];
  posts: readonly PlannedPost[];
}>;

function share(votes: number, percent: number): number {
  return Math.round((votes * percent) / 100);
}

/** Credentials that a plan needs: one for each voter, and those that no roll holds. */
export function credentialsFor(votes: number, { invalidPercent, guessesPercent }: Scenario): number {
  return votes + share(votes, invalidPercent) + share(votes, guessesPercent);
}

/** The same voter with every rank filled, in an order drawn at random. */
function longest(ballot: Ballot, random: Random): Ballot {
  const { definition, voter } = ballot;
  if (definition.votingMethod !== "ranked_choice") return ballot;
  const standing = candidatesIn(definition, voter.regionId).map(({ candidateId }) => candidateId);
  const candidateIds = shuffle(standing, random).slice(0, definition.maxRankings);
  return { ...ballot, selection: { kind: "ranking", candidateIds } };
}

/** One voter's number with the code of somebody else: a guess, which must never count. */
function guess(victim: Ballot, { code }: Credential): PlannedPost {
  return { ...requestOf({ ...victim, voter: { ...victim.voter, code } }), expectation: "not-counted" };
}

/** The ballot sealed once, as the site does it: whoever sends it again sends the very same bytes. */
async function sealed(elections: readonly OpenElection[], post: PlannedPost, ballot: Ballot): Promise<PlannedPost> {
  const { definition, voter, selection } = ballot;
  const key = elections.find((election) => election.definition.electionId === voter.electionId)?.publicKey ?? "";
  const { envelope } = await sealBallot(definition, key, voter.regionId, selection);
  return { ...requestOf(ballot, envelope), expectation: post.expectation };
}

async function repeated(
  elections: readonly OpenElection[],
  posts: readonly PlannedPost[],
  ballots: readonly Ballot[],
  times: number,
): Promise<readonly PlannedPost[]> {
  const once = await Promise.all(
    posts.map((post) => {
      const ballot = post.expectation === "not-counted" ? undefined : ballots[post.expectation.voter];
      return ballot === undefined ? post : sealed(elections, post, ballot);
    }),
  );
  // One after the other: virtual users post side by side, so the same ballot is on its way several times at once.
  return once.flatMap((post) => Array.from({ length: times }, () => post));
}

/** Plans a scenario's run. @param credentials as many as credentialsFor says */
export async function planScenario(
  scenario: Scenario,
  elections: readonly OpenElection[],
  votes: number,
  credentials: readonly Credential[],
  random: Random,
): Promise<BallotPlan> {
  const { ballots: kind, duplicatesPercent, invalidPercent, postsPerBallot, guessesPercent } = scenario;
  const definitions = elections
    .map(({ definition }) => definition)
    .filter(({ votingMethod }) => kind === "all" || votingMethod === "ranked_choice");
  const drawn = drawBallots(definitions, credentials.slice(0, votes), random);
  const ballots = kind === "all" ? drawn : drawn.map((ballot) => longest(ballot, random));
  const strangers = drawBallots(definitions, credentials.slice(votes, votes + share(votes, invalidPercent)), random);
  const run = planRun(ballots, share(votes, duplicatesPercent), strangers, random);

  if (postsPerBallot > 1) return { ballots, posts: await repeated(elections, run, ballots, postsPerBallot) };
  const [victim] = ballots;
  if (guessesPercent === 0 || victim === undefined) return { ballots, posts: run };
  const guesses = credentials.slice(votes + strangers.length).map((credential) => guess(victim, credential));
  const isVictims = ({ expectation }: PlannedPost): boolean => expectation !== "not-counted" && expectation.voter === 0;
  // The voter has voted before the guesses begin: later, the ballot would be received and its decision held back.
  return {
    ballots,
    posts: [...run.filter(isVictims), ...shuffle([...run.filter((post) => !isVictims(post)), ...guesses], random)],
  };
}
