import { createSecretKey } from "node:crypto";
import { isTrustees } from "#core/contest.ts";
import type { Election } from "#core/election.ts";
import { type BallotReader, ballotReader, isReceived } from "#storage/ballot-reader.ts";
import { openerWith } from "#storage/hpke.ts";
import type { Secrets } from "#storage/secrets.ts";
import { signedBallotReader } from "#storage/signed-ballots.ts";
import type { Stamped } from "#storage/stamp.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/**
 * Readers of ballots, with ballot keys that only `tally` and `recount` may read, and the stamp keys that `submit` has too. Where trustees
 * open the ballots no key is read.
 */
export type BallotKeys = Readonly<{
  readerOf(election: Election): Promise<BallotReader>;
  /** Tells received ballots from what else stands in the box, without opening any: for an election that was cancelled. */
  receivedIn(election: Election): Promise<(stored: Stamped) => boolean | Promise<boolean>>;
}>;

/** Secrets Manager name prefixes; the election's id follows. */
export type KeyPrefixes = Readonly<{ ballotKeys: string; stampKeys: string }>;

/** Reads an election's keys once and keeps them. */
export function ballotKeys(secrets: Pick<Secrets, "bytes">, prefixes: KeyPrefixes): BallotKeys {
  const kept = new Map<string, Promise<BallotReader>>();

  const read = async ({ definition, publicKey, opening }: Election): Promise<BallotReader> => {
    const { electionId } = definition;
    const [ballotKey, stampKey] = await Promise.all([
      secrets.bytes(`${prefixes.ballotKeys}${electionId}`),
      secrets.bytes(`${prefixes.stampKeys}${electionId}`),
    ]);
    const key = importPrivateKey(ballotKey);
    // With the wrong key every honest ballot would count as spoiled: fail, and be retried.
    if (publicKeyOf(key) !== publicKey)
      throw new Error(`the ballot key of election ${electionId} is not its key pair's`);
    return ballotReader({ definition, opening }, openerWith(key), createSecretKey(stampKey));
  };

  return {
    readerOf(election) {
      if (isTrustees(election.definition)) return Promise.resolve(signedBallotReader(election));
      // Its opening may be stated after the first reading.
      const which = `${election.publicKey} ${election.opening}`;
      const known = kept.get(which);
      if (known !== undefined) return known;
      const reader = read(election);
      kept.set(which, reader);
      reader.catch(() => kept.delete(which));
      return reader;
    },
    async receivedIn(election) {
      const { definition } = election;
      if (isTrustees(definition)) {
        const read = signedBallotReader(election);
        return async (stored) => (await read(stored))?.isStamped === true;
      }
      const key = createSecretKey(await secrets.bytes(`${prefixes.stampKeys}${definition.electionId}`));
      return (stored) => isReceived(key, stored);
    },
  };
}
