import type { ElectionDefinition } from "#core/election.ts";
import { countedAs } from "#core/opened-ballot.ts";
import { ballotOpener } from "#functions/shared/ballot-opener.ts";
import { nodeSuite } from "#functions/shared/sealing-suite.ts";

/** Opens envelopes of one election: what each counts as, a selection as it is written, or SPOILED. */
export type Opener = (regionId: string, envelope: Uint8Array) => Promise<string>;

/** @param rawKey the election's X25519 private key, 32 bytes */
export async function openerFor(definition: ElectionDefinition, rawKey: Uint8Array): Promise<Opener> {
  const open = ballotOpener(await nodeSuite.DeserializePrivateKey(rawKey));
  return async (regionId, envelope) => countedAs(open, definition, regionId, envelope);
}
