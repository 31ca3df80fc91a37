import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { TrusteeEngine } from "#core/trustees/ceremony/trustee.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { isSignedBy } from "#storage/ed25519.ts";
import { openerWith, sealerTo } from "#storage/hpke.ts";
import { importPrivateKey, importPublicKey, publicKeyOf } from "#storage/x25519.ts";

/** The keys of trustees by Node's own OpenSSL. */
export const nodeTrustees: TrusteeEngine = {
  sign: nodeCards.sign,
  verify: isSignedBy,
  signingKey: nodeCards.publicKey,
  sealingKey: (secret) => fromBase64Url(publicKeyOf(importPrivateKey(secret))) ?? new Uint8Array(),
  sealerTo: (sealingKey) => sealerTo(importPublicKey(toBase64Url(sealingKey))),
  openerWith: (secret) => openerWith(importPrivateKey(secret)),
};
