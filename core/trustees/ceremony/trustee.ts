import * as z from "zod/mini";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Opener, Sealer } from "#core/envelope.ts";
import type { CardEngine, Verifier } from "#core/trustees/card-key.ts";
import { bytesIn, bytesText, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { transcript } from "#core/trustees/transcript.ts";

/**
 * A trustee's long-term keys: an Ed25519 key that signs, an X25519 key to which others seal shares (HPKE), and a secret from which
 * the trustee's part of each ceremony follows (dealing.ts). The public file holds the two public keys and the name, signed by
 * the first, so that nobody puts another name beside it unnoticed.
 *
 * Cryptography of keys is an argument: commands have Node's own.
 */

const MOST_LETTERS = 100;

/** Read aloud, printed in a line, and hashed: one spelling, and nothing that a terminal takes for more than text. */
export const TrusteeName = z.string().check(
  z.minLength(1),
  z.maxLength(MOST_LETTERS),
  z.refine((name) => name === name.trim().normalize("NFC") && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)),
);

export const PublicTrustee = z.strictObject({
  format: z.literal("scrutin-trustee-1"),
  name: TrusteeName,
  signingKey: bytesText(PUBLIC_KEY_BYTES),
  sealingKey: bytesText(PUBLIC_KEY_BYTES),
  signature: bytesText(SIGNATURE_BYTES),
});
export type PublicTrustee = Readonly<z.infer<typeof PublicTrustee>>;

export const SECRET_BYTES = 32;

/** What a key file seals. Each is 32 random bytes. */
export type TrusteeSecrets = Readonly<{ signing: Uint8Array; sealing: Uint8Array; dealing: Uint8Array }>;

/** The cryptography of a trustee's keys. */
export type TrusteeEngine = Readonly<{
  sign: CardEngine["sign"];
  verify: Verifier;
  /** Public keys of 32 secret bytes. */
  signingKey(secret: Uint8Array): Uint8Array;
  sealingKey(secret: Uint8Array): Uint8Array;
  sealerTo(sealingKey: Uint8Array): Sealer;
  openerWith(secret: Uint8Array): Opener;
}>;

const signedBytes = ({
  signature: _,
  ...fields
}: Omit<PublicTrustee, "signature"> & { signature?: string }): Uint8Array =>
  transcript("scrutin/v2/trustee-signature", canonicalJson(fields));

/** The public file of these secrets. Throws zod's error for a name that is empty, too long or no plain text. */
export function publicTrustee(engine: TrusteeEngine, name: string, secrets: TrusteeSecrets): PublicTrustee {
  const fields = {
    format: "scrutin-trustee-1",
    name,
    signingKey: toBase64Url(engine.signingKey(secrets.signing)),
    sealingKey: toBase64Url(engine.sealingKey(secrets.sealing)),
  } as const;
  return PublicTrustee.parse({ ...fields, signature: toBase64Url(engine.sign(secrets.signing, signedBytes(fields))) });
}

/** Whether it is as the holder of its signing key made it. */
export const isOwnTrustee = (verify: Verifier, trustee: PublicTrustee): boolean =>
  verify(bytesIn(trustee.signingKey), signedBytes(trustee), bytesIn(trustee.signature));

/** Whether anything can be sealed to it: HPKE refuses keys of which everybody knows what they give (RFC 9180, section 7.1.4). */
export const canReceive = ({ sealerTo }: TrusteeEngine, { sealingKey }: PublicTrustee): Promise<boolean> =>
  sealerTo(bytesIn(sealingKey))(new Uint8Array(SECRET_BYTES), "scrutin/v2/trustee-trial").then(
    () => true,
    () => false,
  );

/** What its six words are made of. */
export const trusteeDigest = ({ signature: _, ...fields }: PublicTrustee): Uint8Array =>
  transcript("scrutin/v2/trustee", canonicalJson(fields));
