import type { ElectionDefinition } from "#core/election.ts";
import { openEnvelope } from "#core/envelope.ts";
import { checkSelection, writeSelection } from "#core/selection.ts";
import { SPOILED } from "#core/tally.ts";
import { type BallotKey, nodeSuite } from "#functions/shared/sealing-suite.ts";

/** Opens envelopes of one election: what each counts as, a selection as it is written, or SPOILED. */
export type Opener = (regionId: string, envelope: Uint8Array) => Promise<string>;

/** @param rawKey the election's X25519 private key, 32 bytes */
export async function openerFor(definition: ElectionDefinition, rawKey: Uint8Array): Promise<Opener> {
  const key: BallotKey = await nodeSuite.DeserializePrivateKey(rawKey);
  return async (regionId, envelope) => {
    const selection = await openEnvelope(nodeSuite, key, definition, regionId, envelope);
    const fits = selection !== undefined && checkSelection(definition, regionId, selection).ok;
    return fits ? writeSelection(selection) : SPOILED;
  };
}
