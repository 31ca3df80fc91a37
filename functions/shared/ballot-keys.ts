import { createPublicKey } from "node:crypto";
import type { Election } from "#core/election.ts";
import type { Opener } from "#core/envelope.ts";
import { ballotOpener } from "#functions/shared/ballot-opener.ts";
import { nodeSuite } from "#functions/shared/sealing-suite.ts";
import type { Secrets } from "#functions/shared/secrets.ts";

/** What opens envelopes, with their private keys; only what counts, `tally` and `recount`, may read those. */
export type BallotKeys = Readonly<{ openerOf(election: Election): Promise<Opener> }>;

/** Reads an election's private key once and keeps it. */
export function ballotKeys(secrets: Secrets, secretPrefix: string): BallotKeys {
  const kept = new Map<string, Promise<Opener>>();

  const read = async ({ definition, publicKey }: Election): Promise<Opener> => {
    const key = await nodeSuite.DeserializePrivateKey(await secrets.bytes(`${secretPrefix}${definition.electionId}`));
    const { x } = createPublicKey(key.keyObject).export({ format: "jwk" });
    // With a key of another pair every honest ballot would count as spoiled: that is a fault of ours, to be retried.
    if (x !== publicKey) throw new Error(`the ballot key of election ${definition.electionId} is not its key pair's`);
    return ballotOpener(key);
  };

  return {
    openerOf(election) {
      const known = kept.get(election.publicKey);
      if (known !== undefined) return known;
      const opener = read(election);
      kept.set(election.publicKey, opener);
      opener.catch(() => kept.delete(election.publicKey));
      return opener;
    },
  };
}
