import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { castStatement } from "#core/cast-statement.ts";
import type { Credentials } from "#core/credential.ts";
import type { ElectionDefinition, StatedElection } from "#core/election.ts";
import { type Sealer, sealEnvelope } from "#core/envelope.ts";
import type { Selection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { makeOneTimeKey, type OneTimeKey, signWith } from "#web/one-time-key.ts";

/** Sealing on the voter's device, by the browser's own WebCrypto. */

/** The tracking code is computed here, not taken from the server. */
export type SealedBallot = Readonly<{ envelope: string; oneTimeKey: OneTimeKey; trackingCode: string }>;

/** What the server is told of a sealed ballot, beside who casts it. */
export type SignedBallot = Readonly<{ envelope: string; one_time_key: string; signature: string }>;

const bytesOf = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();

const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

/** Rejects when the key is malformed or the browser has no X25519. */
export async function sealerTo(publicKey: string): Promise<Sealer> {
  const key = await suite.DeserializePublicKey(bytesOf(publicKey));
  return async (plaintext, info) => {
    const sealed = await suite.Seal(key, plaintext, { info: new TextEncoder().encode(info) });
    return { encapsulatedKey: sealed.encapsulatedSecret, ciphertext: sealed.ciphertext };
  };
}

/** Randomized: the same selection gives another envelope. Rejects without X25519 or over plain HTTP. */
export async function sealBallot(
  election: StatedElection,
  publicKey: string,
  regionId: string,
  selection: Selection,
): Promise<SealedBallot> {
  const key = await makeOneTimeKey();
  const oneTimeKey = bytesOf(key.publicKey);
  const envelope = await sealEnvelope(await sealerTo(publicKey), election, { regionId, oneTimeKey }, selection);
  const digest = await crypto.subtle.digest("SHA-256", trackedBytes({ oneTimeKey, envelope }));
  return {
    envelope: toBase64Url(envelope),
    oneTimeKey: key,
    trackingCode: trackingCodeOf(new Uint8Array(digest)),
  };
}

/** Signs a sealed ballot for the voter who casts it. @param credentials as they are sent, or the claim of whoever signed the voter in */
export async function signBallot(
  definition: ElectionDefinition,
  regionId: string,
  { envelope, oneTimeKey }: Pick<SealedBallot, "envelope" | "oneTimeKey">,
  credentials: Credentials,
): Promise<SignedBallot> {
  const statement = castStatement({
    electionId: definition.electionId,
    regionId,
    oneTimeKey: bytesOf(oneTimeKey.publicKey),
    envelope: bytesOf(envelope),
    credentials: definition.identity
      ? Object.values(credentials)
      : definition.credentialFields.map(({ name }) => credentials[name] ?? ""),
  });
  return { envelope, one_time_key: oneTimeKey.publicKey, signature: await signWith(oneTimeKey, statement) };
}
