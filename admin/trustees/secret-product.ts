import sodium from "libsodium-wrappers-sumo";
import { POINT_BYTES } from "#core/trustees/group.ts";
import type { SecretProduct } from "#core/trustees/opening.ts";

/** Products by a trustee's share, by libsodium: of constant time, as noble's integers cannot be. */

/** @param share 32 secret bytes, which the caller wipes. A product that is neutral throws libsodium's error */
export async function secretProduct(share: Uint8Array): Promise<SecretProduct> {
  await sodium.ready;
  return ({ bytes }) => sodium.crypto_scalarmult_ristretto255(share, bytes.subarray(0, POINT_BYTES));
}
