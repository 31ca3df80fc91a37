import { createPublicKey } from "node:crypto";
import type { Election } from "#core/election.ts";
import { type BallotKey, nodeSuite } from "#functions/shared/sealing-suite.ts";
import type { Secrets } from "#functions/shared/secrets.ts";

/** The private keys that open envelopes; only what counts, `tally` and `recount`, may read them. */
export type BallotKeys = Readonly<{ privateKeyOf(election: Election): Promise<BallotKey> }>;

/** Reads an election's private key once and keeps it. */
export function ballotKeys(secrets: Secrets, secretPrefix: string): BallotKeys {
  const kept = new Map<string, Promise<BallotKey>>();

  const read = async ({ definition, publicKey }: Election): Promise<BallotKey> => {
    const key = await nodeSuite.DeserializePrivateKey(await secrets.bytes(`${secretPrefix}${definition.electionId}`));
    const { x } = createPublicKey(key.keyObject).export({ format: "jwk" });
    // With a key of another pair every honest ballot would count as spoiled: that is a fault of ours, to be retried.
    if (x !== publicKey) throw new Error(`the ballot key of election ${definition.electionId} is not its key pair's`);
    return key;
  };

  return {
    privateKeyOf(election) {
      const known = kept.get(election.publicKey);
      if (known !== undefined) return known;
      const key = read(election);
      kept.set(election.publicKey, key);
      key.catch(() => kept.delete(election.publicKey));
      return key;
    },
  };
}
