import { toBase64Url } from "#core/bytes.ts";
import type { OneTimeKey } from "#web/ed25519.ts";
import { loader } from "#web/load-part.ts";

/** The Ed25519 key that is made for one ballot and signs who casts it. */

export type { OneTimeKey };

const loadEd25519 = loader("ed25519", () => import("#web/ed25519.ts"));
const ED25519 = "Ed25519";

async function browsersKey(): Promise<OneTimeKey> {
  const made = await crypto.subtle.generateKey(ED25519, true, ["sign", "verify"]);
  if (!("privateKey" in made)) throw new TypeError("this is no key pair");
  const { x = "", d = "" } = await crypto.subtle.exportKey("jwk", made.privateKey);
  return { publicKey: x, privateKey: d };
}

async function browsersSignature(
  { publicKey, privateKey }: OneTimeKey,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const jwk = { kty: "OKP", crv: ED25519, x: publicKey, d: privateKey };
  const key = await crypto.subtle.importKey("jwk", jwk, ED25519, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(ED25519, key, bytes));
}

/** @param library used where the browser has no Ed25519 */
export function makeOneTimeKey(library = loadEd25519): Promise<OneTimeKey> {
  return browsersKey().catch(async () => (await library()).makeKey());
}

/** The signature in base64url. */
export async function signWith(key: OneTimeKey, statement: Uint8Array, library = loadEd25519): Promise<string> {
  const bytes = new Uint8Array(statement);
  return toBase64Url(await browsersSignature(key, bytes).catch(async () => (await library()).sign(key, bytes)));
}
