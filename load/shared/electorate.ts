import { randomInt } from "node:crypto";
import {
  type Ballot,
  drawBallots,
  optionOf,
  type PlannedPost,
  type Random,
  requestOf,
  seal,
} from "#load/shared/ballots.ts";
import { credentialOf, inventCredentials } from "#load/shared/credentials.ts";
import { type OpenElection, unrankedElections } from "#load/shared/elections.ts";
import { enrol } from "#load/shared/enrolment.ts";
import type { SystemUnderLoad } from "#load/shared/running-system.ts";

export const MIX = "a law and a single choice in turn";

/** Enrols new voters with a ballot each, in turn for the demo law and the single choice, or for other elections. */
export async function enrolElectorate(
  system: SystemUnderLoad,
  voters: number,
  random: Random = randomInt,
  elections?: readonly OpenElection[],
): Promise<readonly Ballot[]> {
  const votedIn = elections ?? (await unrankedElections(system.url));
  const ballots = drawBallots(votedIn, await inventCredentials(voters), random);
  const onRoll = ballots.map(({ voter }) => voter);
  await enrol(system, onRoll);
  return ballots;
}

/** Enters as many further voters in the same elections and regions on the rolls, who choose as these do. */
export async function enrolLike(system: SystemUnderLoad, ballots: readonly Ballot[]): Promise<readonly Ballot[]> {
  const credentials = await inventCredentials(ballots.length);
  const alike = ballots.map((ballot, index) => {
    return { ...ballot, voter: { ...ballot.voter, ...credentialOf(credentials, index) } };
  });
  await enrol(
    system,
    alike.map(({ voter }) => voter),
  );
  return alike;
}

/** How many of four ballots are sealed by the caller; the others are plain. */
const SEALED_OF_FOUR = { all: 4, half: 2, none: 0 } as const;

/** Every ballot posted once. */
export function planPosts(
  ballots: readonly Ballot[],
  sealing: keyof typeof SEALED_OF_FOUR,
): Promise<readonly PlannedPost[]> {
  return Promise.all(
    ballots.map(async (ballot, voter) => {
      const isSealed = voter % 4 < SEALED_OF_FOUR[sealing];
      const request = requestOf(ballot, isSealed ? (await seal(ballot)).signed : undefined);
      return { ...request, expectation: { voter, option: optionOf(ballot) } };
    }),
  );
}
