import type { Election } from "#core/election.ts";
import type { Opener } from "#core/envelope.ts";
import { openerWith } from "#storage/hpke.ts";
import type { Secrets } from "#storage/secrets.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** Openers of envelopes, with private keys that only `tally` and `recount` may read. */
export type BallotKeys = Readonly<{ openerOf(election: Election): Promise<Opener> }>;

/** Reads an election's private key once and keeps it. */
export function ballotKeys(secrets: Secrets, secretPrefix: string): BallotKeys {
  const kept = new Map<string, Promise<Opener>>();

  const read = async ({ definition, publicKey }: Election): Promise<Opener> => {
    const key = importPrivateKey(await secrets.bytes(`${secretPrefix}${definition.electionId}`));
    // With the wrong key every honest ballot would count as spoiled: fail, and be retried.
    if (publicKeyOf(key) !== publicKey)
      throw new Error(`the ballot key of election ${definition.electionId} is not its key pair's`);
    return openerWith(key);
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
