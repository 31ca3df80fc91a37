import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type Sealer, sealEnvelope } from "#core/envelope.ts";
import type { Selection } from "#core/selection.ts";
import { trackingCodeOf } from "#core/tracking-code.ts";

/** Sealing on the voter's device, by the browser's own WebCrypto. */

/** The tracking code is computed here, not taken from the server. */
export type SealedBallot = Readonly<{ envelope: string; trackingCode: string }>;

const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

/** Rejects when the key is malformed or the browser has no X25519. */
export async function sealerTo(publicKey: string): Promise<Sealer> {
  const key = await suite.DeserializePublicKey(fromBase64Url(publicKey) ?? new Uint8Array());
  return async (plaintext, info) => {
    const sealed = await suite.Seal(key, plaintext, { info: new TextEncoder().encode(info) });
    return { encapsulatedKey: sealed.encapsulatedSecret, ciphertext: sealed.ciphertext };
  };
}

/** Randomized: the same selection gives another envelope. Rejects without X25519 or over plain HTTP. */
export async function sealBallot(
  definition: ElectionDefinition,
  publicKey: string,
  regionId: string,
  selection: Selection,
): Promise<SealedBallot> {
  const envelope = await sealEnvelope(await sealerTo(publicKey), definition, regionId, selection);
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(envelope));
  return { envelope: toBase64Url(envelope), trackingCode: trackingCodeOf(new Uint8Array(digest)) };
}
