import { createHmac, createPublicKey, diffieHellman } from "node:crypto";
import { AEAD_AES_256_GCM, CipherSuite } from "hpke";
import { toBase64Url } from "#core/bytes.ts";
import type { Sealer } from "#core/envelope.ts";
import type { TrusteeEngine } from "#core/trustees/ceremony/trustee.ts";
import type { RandomBytes } from "#core/trustees/group.ts";
import { hpkeKey, nodeKdf, nodeKem } from "#storage/hpke.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { importPrivateKey, importPublicKey } from "#storage/x25519.ts";

/** HPKE whose ephemeral keys follow from a seed, so that a ceremony has the same bytes each time. Never for what is secret. */

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
  const made = createHmac("sha256", key);
  for (const part of parts) made.update(part);
  return new Uint8Array(made.digest());
};
const text = (letters: string): Uint8Array => Buffer.from(letters);
/** DHKEM(X25519, HKDF-SHA256), RFC 9180, section 4.1. */
const SUITE = Buffer.concat([text("KEM"), Uint8Array.of(0, 0x20)]);

const sealerFrom =
  (random: RandomBytes) =>
  (sealingKey: Uint8Array): Sealer => {
    const receiver = importPublicKey(toBase64Url(sealingKey));
    const suite = new CipherSuite(
      () => ({
        ...nodeKem(),
        async Encap({ keyObject }) {
          const ephemeral = importPrivateKey(random(32));
          const enc = Buffer.from(createPublicKey(ephemeral).export({ format: "jwk" }).x ?? "", "base64url");
          const shared = diffieHellman({ privateKey: ephemeral, publicKey: keyObject });
          const extracted = hmac(new Uint8Array(32), text("HPKE-v1"), SUITE, text("eae_prk"), shared);
          const length = Uint8Array.of(0, 32);
          const label = [length, text("HPKE-v1"), SUITE, text("shared_secret")];
          const secret = hmac(extracted, ...label, enc, sealingKey, Uint8Array.of(1));
          return { shared_secret: secret, enc: new Uint8Array(enc) };
        },
      }),
      nodeKdf,
      AEAD_AES_256_GCM,
    );
    return async (plaintext, info) => {
      const sealed = await suite.Seal(hpkeKey(receiver), plaintext, { info: Buffer.from(info) });
      return { encapsulatedKey: sealed.encapsulatedSecret, ciphertext: sealed.ciphertext };
    };
  };

export const seededTrustees = (random: RandomBytes): TrusteeEngine => ({
  ...nodeTrustees,
  sealerTo: sealerFrom(random),
});
