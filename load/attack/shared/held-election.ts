import { createSecretKey } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { certifyElection } from "#admin/certification/certify.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { extendElection } from "#admin/elections/times.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { Certificate } from "#core/ballot-box.ts";
import type { AttackTrial } from "#load/attack/attack.ts";
import { type Ballot, drawBallots, seal } from "#load/shared/ballots.ts";
import { openBetween, registerElection } from "#load/shared/elections.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { watchCount } from "#load/shared/tallies.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { readPepper, readStampKey } from "#storage/election-secrets.ts";
import { stampOf } from "#storage/stamp.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { votesTable } from "#storage/votes-table.ts";

/** An election that was held yesterday, and certified as an honest officer does. */

const DEFINITION = fileURLToPath(new URL("../../../elections/election-2.json", import.meta.url));
const OFFICER = "attack";
const HOUR_MS = 3_600_000;
const YESTERDAY_MS = 24 * HOUR_MS;
const LEAST_ON_ROLL = 2;

export type HeldElection = Readonly<{
  connection: Connection;
  electionId: string;
  /** For what is forged. */
  folder: string;
  /** The certified files. */
  bundle: string;
  certificate: Certificate;
  /** What is published of it beforehand. */
  signedBy: string;
  opening: string;
  /** The closing as it was stated; it was extended since. */
  statedClosing: string;
  /** Of every ballot in the box. */
  trackingCodes: readonly string[];
}>;

/** The ballots as `submit` would have queued them while voting was open. */
async function received(connection: Connection, ballots: readonly Ballot[], castAt: string): Promise<VoteMessage[]> {
  const [
    {
      voter: { electionId },
    } = { voter: { electionId: "" } },
  ] = ballots;
  const pepper = createSecretKey((await readPepper(connection, electionId)) ?? new Uint8Array());
  const stampKey = createSecretKey((await readStampKey(connection, electionId)) ?? new Uint8Array());
  return Promise.all(
    ballots.map(async (ballot) => {
      const { nas, code, regionId } = ballot.voter;
      const { envelope, oneTimeKey, trackingCode } = await seal(ballot);
      const vote = {
        hash: voterHash(pepper, [nas, code], electionId),
        electionId,
        regionId,
        oneTimeKey: Buffer.from(oneTimeKey.publicKey, "base64url"),
        envelope: Buffer.from(envelope, "base64url"),
        trackingCode,
        castAt,
      };
      return { ...vote, stamp: stampOf(stampKey, vote) };
    }),
  );
}

/** Holds and certifies an election with so many ballots, and works on it; the files are gone afterwards. */
export async function withHeldElection<T>(
  { system, random }: Pick<AttackTrial, "system" | "random">,
  votes: number,
  work: (held: HeldElection) => Promise<T>,
): Promise<T> {
  using connection = connectTo(system);
  const opensMs = Date.now() - YESTERDAY_MS;
  const electionId = `held-${random(1_000_000_000)}`;
  const definition = openBetween(await readDefinition(DEFINITION, opensMs), opensMs, opensMs + HOUR_MS);
  const election = await registerElection(connection, { ...definition, electionId }, OFFICER);
  const credentials = Array.from({ length: Math.max(votes, LEAST_ON_ROLL) }, (_, index) => {
    return { nas: String(100_000_001 + index), code: "ABC123" };
  });
  const ballots = drawBallots([election], credentials, random);
  return inTemporaryFolder(async (folder) => {
    const roll = join(folder, "roll.csv");
    const rows = ballots.map(({ voter: { nas, code, regionId } }) => `${nas},${code},${regionId}\n`);
    await writeFile(roll, `nas,code,region_id\n${rows.join("")}`);
    await importRoll(connection, electionId, roll, { atMs: opensMs });
    const { sha256: opening } = await stateOpening(connection, electionId, { who: OFFICER, atMs: opensMs });

    const closesAt = new Date(opensMs + 2 * HOUR_MS).toISOString();
    await extendElection(connection, electionId, closesAt, { who: OFFICER, atMs: opensMs });
    const stated = ballots.map((ballot) => ({ ...ballot, opening }));

    const castAt = new Date(Math.ceil(opensMs / 60_000) * 60_000).toISOString();
    const cast = await received(connection, stated.slice(0, votes), castAt);
    if (cast.length > 0) {
      using count = watchCount(system);
      const before = await count.read();
      await votesTable(connection.dynamodb, connection.votesTable).cast(cast);
      await count.settle(before, Promise.resolve(cast.length));
    }
    const bundle = join(folder, "honest");
    const { certificate, fingerprint: signedBy } = await certifyElection(connection, electionId, {
      out: bundle,
      who: OFFICER,
    });
    const trackingCodes = cast.map(({ trackingCode }) => trackingCode);
    const published = { signedBy, opening, statedClosing: definition.closesAt };
    return work({ connection, electionId, folder, bundle, certificate, ...published, trackingCodes });
  });
}
