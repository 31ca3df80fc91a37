import { randomInt } from "node:crypto";
import { type Ballot, drawBallots, optionOf, type PlannedPost, type Random, requestOf } from "#load/shared/ballots.ts";
import { inventCredentials } from "#load/shared/credentials.ts";
import { openElections } from "#load/shared/demo-elections.ts";
import { enrol } from "#load/shared/enrolment.ts";
import type { SystemUnderLoad } from "#load/shared/running-system.ts";
import { sealBallot } from "#web/sealing.ts";

/**
 * Fresh voters of the demo law and of the single choice, in turn. The ranked election stays out: each of its rankings has a
 * tally row, and so another price.
 */

export type Electorate = Readonly<{
  ballots: readonly Ballot[];
  /** As the site does it. */
  seal(ballot: Ballot): ReturnType<typeof sealBallot>;
}>;

/** What the figures say of it. */
export const MIX = "a law and a single choice in turn";

/** Invents voters with a ballot each and enters them on the roll. */
export async function enrolElectorate(
  system: SystemUnderLoad,
  voters: number,
  random: Random = randomInt,
): Promise<Electorate> {
  const open = await openElections(system.url, Date.now());
  const elections = open.filter(({ definition }) => definition.votingMethod !== "ranked_choice");
  const publicKeys = new Map(elections.map(({ definition, publicKey }) => [definition.electionId, publicKey]));
  const definitions = elections.map(({ definition }) => definition);
  const ballots = drawBallots(definitions, await inventCredentials(voters), random);
  await enrol(
    system,
    ballots.map(({ voter }) => voter),
  );
  return {
    ballots,
    seal: ({ definition, selection, voter }) =>
      sealBallot(definition, publicKeys.get(definition.electionId) ?? "", voter.regionId, selection),
  };
}

/** How many of four ballots are sealed by the caller; the others are posted in plain. */
const SEALED_OF_FOUR = { all: 4, half: 2, none: 0 } as const;

/** Every ballot posted once. */
export function planPosts(
  { ballots, seal }: Electorate,
  sealing: keyof typeof SEALED_OF_FOUR,
): Promise<readonly PlannedPost[]> {
  return Promise.all(
    ballots.map(async (ballot, voter) => {
      const isSealed = voter % 4 < SEALED_OF_FOUR[sealing];
      const request = requestOf(ballot, isSealed ? (await seal(ballot)).envelope : undefined);
      return { ...request, expectation: { voter, option: optionOf(ballot) } };
    }),
  );
}
