import { refuseFaults } from "#admin/trustees/fault-texts.ts";
import type { CeremonyFolder } from "#admin/trustees/folder.ts";
import { selfOf } from "#admin/trustees/join.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { receivedShare } from "#core/trustees/ceremony/rounds.ts";
import { decodeScalar, type Scalar } from "#core/trustees/group.ts";

/** A trustee's share of the key, 32 secret bytes, of its key file and the ceremony's messages. Whoever asks for it wipes it. */
export async function ownShare({ folder, proposal, checked }: CeremonyFolder, key: OpenKey): Promise<Uint8Array> {
  const received = await receivedShare(selfOf(folder, proposal, key), proposal, checked.messages);
  if (received.ok) return received.key.share;
  refuseFaults(folder, proposal, received.faults);
  throw new Error("a share that was not received has a fault");
}

/** A share as a number, of which JavaScript wipes nothing. */
export function scalarOf(share: Uint8Array): Scalar {
  const scalar = decodeScalar(share);
  if (scalar === undefined) throw new Error("a share is a scalar");
  return scalar;
}
