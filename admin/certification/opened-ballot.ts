import type { ElectionDefinition } from "#core/election.ts";
import { countedAs } from "#core/opened-ballot.ts";
import { openerWith } from "#storage/hpke.ts";
import { importPrivateKey } from "#storage/x25519.ts";

/** Opens envelopes of one election: what each counts as, a selection as it is written, or SPOILED. */
export type Opener = (regionId: string, envelope: Uint8Array) => Promise<string>;

/** @param rawKey the election's X25519 private key, 32 bytes */
export function openerFor(definition: ElectionDefinition, rawKey: Uint8Array): Opener {
  const open = openerWith(importPrivateKey(rawKey));
  return (regionId, envelope) => countedAs(open, definition, regionId, envelope);
}
