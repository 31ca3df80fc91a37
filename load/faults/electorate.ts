import { choose, drawBallots, optionOf, type Random, requestOf, shuffle } from "#load/shared/ballots.ts";
import { openElections } from "#load/shared/demo-elections.ts";
import { enrol, inventCredentials } from "#load/shared/enrolment.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { sealBallot } from "#web/sealing.ts";

/** Who votes while something breaks, and with what: envelopes sealed by the voter, as the site does it. */

/** An envelope ready to be posted, as often as it takes. */
export type SealedPost = Readonly<{ path: string; body: string; trackingCode: string; option: string }>;

/** One voter's envelopes: one, or two different ones handed in at the same moment, of which one may count. */
export type Voter = readonly SealedPost[];

/**
 * Enters fresh voters of the demo law and of the election of a single choice on the roll, and seals their ballots.
 * @param duplicates how many of them hand in a second ballot, half of which say something else than the first
 */
export async function enrolVoters(
  system: RunningSystem,
  votes: number,
  duplicates: number,
  random: Random,
): Promise<readonly Voter[]> {
  const open = await openElections(system.url, Date.now());
  const elections = open.filter(({ definition }) => definition.votingMethod !== "ranked_choice");
  const publicKeys = new Map(elections.map(({ definition, publicKey }) => [definition.electionId, publicKey]));
  const definitions = elections.map(({ definition }) => definition);
  const ballots = drawBallots(definitions, await inventCredentials(votes), random);
  await enrol(
    system,
    ballots.map(({ voter }) => voter),
  );

  const voters = ballots.map(async (first, index): Promise<Voter> => {
    const { definition, voter } = first;
    const second = { ...first, selection: choose(definition, voter.regionId, random) };
    const posts = index < duplicates ? [first, second] : [first];
    return Promise.all(
      posts.map(async (ballot) => {
        const publicKey = publicKeys.get(definition.electionId) ?? "";
        const sealed = await sealBallot(definition, publicKey, voter.regionId, ballot.selection);
        return { ...requestOf(ballot, sealed.envelope), trackingCode: sealed.trackingCode, option: optionOf(ballot) };
      }),
    );
  });
  return shuffle(await Promise.all(voters), random);
}
