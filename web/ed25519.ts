import { getPublicKeyAsync, signAsync, utils } from "@noble/ed25519";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";

/** Ed25519 for a browser that has X25519 but not this yet. */

/** Both parts are 32 bytes in base64url. */
export type OneTimeKey = Readonly<{ publicKey: string; privateKey: string }>;

export async function makeKey(): Promise<OneTimeKey> {
  const privateKey = utils.randomSecretKey();
  return { publicKey: toBase64Url(await getPublicKeyAsync(privateKey)), privateKey: toBase64Url(privateKey) };
}

export function sign({ privateKey }: OneTimeKey, bytes: Uint8Array): Promise<Uint8Array> {
  return signAsync(bytes, fromBase64Url(privateKey) ?? new Uint8Array());
}
