import { type Ballot, choose, optionOf, type PlannedPost, requestOf } from "#load/shared/ballots.ts";
import { credentialOf, inventCredentials } from "#load/shared/credentials.ts";
import { enrol } from "#load/shared/enrolment.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { applyElection, findElection } from "#storage/election-register.ts";
import { sealBallot } from "#web/sealing.ts";

/** At the end of each import the whole roll is counted, so imports are few; a hundred thousand ballots take 30 MB. */
const MOST_ENROLLED_AHEAD = 100_000;

export type GrowingElectorate = Readonly<{
  /** Sealed ballots of the next voters, who are enrolled as they are needed. */
  next(voters: number): Promise<readonly PlannedPost[]>;
}>;

/** Registers an election of so many regions, for as many voters, of whom memory holds only those enrolled ahead. */
export async function growingElectorate(
  system: RunningSystem,
  regions: number,
  voters: number,
): Promise<GrowingElectorate> {
  const definition = nationalElection(`growth-${regions}`, regions);
  const { electionId } = definition;
  const connection = connectTo(system);
  await applyElection(connection, definition, { who: "growth" });
  const publicKey = (await findElection(connection, electionId))?.publicKey ?? "";
  connection.close();
  const credentials = await inventCredentials(voters);
  const random = seededRandom(1, `growth ${regions}`);
  let made = 0;
  let ahead: Ballot[] = [];
  const draw = (): Ballot => {
    const regionId = String(1 + random(regions));
    const voter = { ...credentialOf(credentials, made++), electionId, regionId };
    return { voter, definition, selection: choose(definition, regionId, random) };
  };
  return {
    async next(count) {
      while (ahead.length < count && made < voters) {
        const drawn = Array.from({ length: Math.min(MOST_ENROLLED_AHEAD, voters - made) }, draw);
        await enrol(
          system,
          drawn.map(({ voter }) => voter),
        );
        ahead.push(...drawn);
      }
      const ballots = ahead.slice(0, count);
      ahead = ahead.slice(count);
      return Promise.all(
        ballots.map(async (ballot, voter) => {
          const { envelope } = await sealBallot(definition, publicKey, ballot.voter.regionId, ballot.selection);
          return { ...requestOf(ballot, envelope), expectation: { voter, option: optionOf(ballot) } };
        }),
      );
    },
  };
}
