import { type Connection, connect, StackOutputs } from "#admin/connection/connection.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { nationalElection } from "#load/bench/national-election.ts";
import { type Ballot, type Credential, choose, optionOf, type PlannedPost, requestOf } from "#load/shared/ballots.ts";
import { enrol } from "#load/shared/enrolment.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { applyElection, findElection } from "#storage/election-register.ts";
import { sealBallot } from "#web/sealing.ts";

/** Voters of one election, made and enrolled part by part: what is kept in memory does not depend on how many there are. */

const CANDIDATES_PER_REGION = 8;
/** At the end of each import the whole roll is counted, so there should not be many; a hundred thousand ballots take 30 MB. */
const MOST_ENROLLED_AHEAD = 100_000;
const CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export type GrowingElectorate = Readonly<{
  /** Seals ballots of the next voters, as the site does; enrols more when too few are enrolled. */
  next(voters: number): Promise<readonly PlannedPost[]>;
}>;

/** Distinct by their number alone, so that none need be remembered. */
function credentialOf(index: number): Credential {
  let code = "";
  for (let rest = index, place = 0; place < 6; place++, rest = Math.floor(rest / CODE_ALPHABET.length)) {
    code += CODE_ALPHABET.charAt(rest % CODE_ALPHABET.length);
  }
  return { nas: String(index + 1).padStart(9, "0"), code };
}

async function register(connection: Connection, definition: ElectionDefinition): Promise<string> {
  await applyElection(connection, definition, { who: "growth" });
  return (await findElection(connection, definition.electionId))?.publicKey ?? "";
}

/** Registers an election of so many regions, of eight candidates each, for as many voters. */
export async function growingElectorate(
  system: RunningSystem,
  regions: number,
  voters: number,
): Promise<GrowingElectorate> {
  const definition = nationalElection(`growth-${regions}`, regions, CANDIDATES_PER_REGION);
  const connection = connect(StackOutputs.parse({ ...system.outputs, ApiUrl: system.url }), system.endpoints);
  const publicKey = await register(connection, definition).finally(() => connection.close());
  const random = seededRandom(1, `growth ${regions}`);
  let made = 0;
  const draw = (): Ballot => {
    const regionId = String(1 + random(regions));
    const voter = { ...credentialOf(made++), electionId: definition.electionId, regionId };
    return { voter, definition, selection: choose(definition, regionId, random) };
  };
  let ahead: readonly Ballot[] = [];
  const enrolMore = async (): Promise<void> => {
    const drawn = Array.from({ length: Math.min(MOST_ENROLLED_AHEAD, voters - made) }, draw);
    await enrol(
      system,
      drawn.map(({ voter }) => voter),
    );
    ahead = [...ahead, ...drawn];
  };
  return {
    async next(count) {
      while (ahead.length < count && made < voters) await enrolMore();
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
