import { randomInt } from "node:crypto";
import { type Ballot, drawBallots, optionOf, type PlannedPost, requestOf } from "#load/shared/ballots.ts";
import { openElections } from "#load/shared/demo-elections.ts";
import { enrol, inventCredentials } from "#load/shared/enrolment.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { sealBallot } from "#web/sealing.ts";

/**
 * Who votes in a bench: fresh voters of the demo law and of the election of a single choice, in turn. The ranked election
 * stays out: it has a tally row for every ranking, and so another price.
 */

export type Electorate = Readonly<{
  ballots: readonly Ballot[];
  /** Public keys by election, base64url. */
  publicKeys: ReadonlyMap<string, string>;
}>;

/** What the figures say of it. */
export const MIX = "a law and a single choice in turn";

/** Invents voters with a ballot each and enters them on the roll. */
export async function enrolElectorate(system: RunningSystem, voters: number): Promise<Electorate> {
  const open = await openElections(system.url, Date.now());
  const elections = open.filter(({ definition }) => definition.votingMethod !== "ranked_choice");
  const definitions = elections.map(({ definition }) => definition);
  const ballots = drawBallots(definitions, await inventCredentials(voters), randomInt);
  await enrol(
    system,
    ballots.map(({ voter }) => voter),
  );
  return {
    ballots,
    publicKeys: new Map(elections.map(({ definition, publicKey }) => [definition.electionId, publicKey])),
  };
}

/** What of every four ballots is sealed, as the site does it; the others are posted in plain. */
export type Sealing = "all" | "half" | "none";

const SEALED_OF_FOUR: Readonly<Record<Sealing, number>> = { all: 4, half: 2, none: 0 };

/** Every ballot posted once. */
export function planPosts({ ballots, publicKeys }: Electorate, sealing: Sealing): Promise<readonly PlannedPost[]> {
  const seal = async ({ definition, selection, voter: { regionId } }: Ballot): Promise<string> => {
    const publicKey = publicKeys.get(definition.electionId) ?? "";
    return (await sealBallot(definition, publicKey, regionId, selection)).envelope;
  };
  return Promise.all(
    ballots.map(async (ballot, voter) => ({
      ...requestOf(ballot, voter % 4 < SEALED_OF_FOUR[sealing] ? await seal(ballot) : undefined),
      expectation: { voter, option: optionOf(ballot) },
    })),
  );
}
