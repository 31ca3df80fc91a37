import { choose, optionOf, type Random, requestOf, shuffle } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** An envelope ready to be posted, as often as it takes. */
export type SealedPost = Readonly<{ path: string; body: string; trackingCode: string; option: string }>;

/** One voter's envelopes: one, or two handed in at the same moment, of which one may count. */
export type Voter = readonly SealedPost[];

/**
 * Enters fresh voters on the roll and seals their ballots.
 * @param duplicates how many of them hand in a second ballot, drawn anew
 */
export async function enrolVoters(
  system: RunningSystem,
  votes: number,
  duplicates: number,
  random: Random,
): Promise<readonly Voter[]> {
  const { ballots, seal } = await enrolElectorate(system, votes, random);
  const voters = ballots.map(async (first, index): Promise<Voter> => {
    const second = { ...first, selection: choose(first.definition, first.voter.regionId, random) };
    const posts = index < duplicates ? [first, second] : [first];
    return Promise.all(
      posts.map(async (ballot) => {
        const { envelope, trackingCode } = await seal(ballot);
        return { ...requestOf(ballot, envelope), trackingCode, option: optionOf(ballot) };
      }),
    );
  });
  return shuffle(await Promise.all(voters), random);
}
