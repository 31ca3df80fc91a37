import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { enrol, register, setAside } from "#test/e2e/office.ts";
import { credentials, type Voter } from "#test/e2e/voters.ts";
import { type SealedBallot, type SignedBallot, sealBallot, signBallot } from "#web/sealing.ts";

/** Elections and voters that belong to one test. */

/** Registers an election with these voters on its roll, if any, and waits until the API knows it. */
export async function openPolls(definition: ElectionDefinition, voters: readonly Voter[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-polls-"));
  try {
    await register(definition);
    const file = join(folder, "roll.csv");
    const rows = voters.map(({ nas, code, region }) => `${nas},${code},${region}`);
    await writeFile(file, ["nas,code,region_id", ...rows, ""].join("\n"));
    if (voters.length > 0) await enrol(definition.electionId, file);
    await eventually(
      async () => (await get(`/api/v1/elections/${definition.electionId}`)).status,
      (status) => status === 200,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const electionOf = async (electionId: string): Promise<PublicElection> =>
  PublicElection.parse(await (await get(`/api/v1/elections/${electionId}`)).json());

/** Seals a ballot as a voter's device does. */
export async function sealFor(electionId: string, regionId: string, selection: Selection): Promise<SealedBallot> {
  const { definition, public_key, opening_sha256 } = await electionOf(electionId);
  return sealBallot({ definition, opening: opening_sha256 ?? "" }, public_key, regionId, selection);
}

/** The same ballot with random bytes for an envelope. */
export function garbled(sealed: SealedBallot): SealedBallot {
  const { length } = Buffer.from(sealed.envelope, "base64url");
  return { ...sealed, envelope: randomBytes(length).toString("base64url") };
}

/** What a voter's device sends of a sealed ballot. */
export async function signFor(
  electionId: string,
  regionId: string,
  sealed: SealedBallot,
  who: Voter,
): Promise<SignedBallot> {
  return signBallot((await electionOf(electionId)).definition, regionId, sealed, credentials(who));
}

/** Looks at a contest's results until so many ballots are shown next: whoever looks publishes. */
export async function untilSetAside(electionId: string, regionId: string, ballots: number): Promise<void> {
  const results =
    regionId === WHOLE_COUNTRY ? `/api/v1/results/${electionId}` : `/api/v1/elections/${electionId}/results`;
  await eventually(
    async () => {
      await get(results);
      return setAside(electionId, regionId);
    },
    (next) => next === ballots,
  );
}

/** A ballot's choice as the API takes it. */
export type Choice = Readonly<{ vote: string } | { candidate_id: string } | { ranked_choices: readonly string[] }>;

/** Casts a ballot for each choice, by the voters in turn, and waits until all are accepted. They arrive in any order. */
export async function castAll(electionId: string, voters: readonly Voter[], choices: readonly Choice[]): Promise<void> {
  if (voters.length < choices.length) {
    throw new RangeError(`${voters.length} voters cannot cast ${choices.length} ballots`);
  }
  const castBy = async (who: Voter, choice: Choice): Promise<void> => {
    const body = { ...credentials(who), ...choice };
    const receipt = await ("vote" in choice
      ? cast("/api/v1/vote", { ...body, law_id: electionId })
      : cast("/api/v1/elections/vote", { ...body, election_id: electionId, region_id: who.region }));
    const { status } = await outcomeOf(receipt);
    if (status !== "accepted") throw new Error(`a ballot in ${electionId} is ${status}`);
  };
  await Promise.all(voters.slice(0, choices.length).map((who, index) => castBy(who, choices[index] as Choice)));
}
