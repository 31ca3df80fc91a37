import { base, encodePoint, multiply, randomScalar, type Scalar, scalars } from "#core/trustees/group.ts";
import { random } from "#test/core/trustees/contexts.ts";

/** A key shared among trustees by a polynomial that one person knows, as only tests may. */

export type Trustee = Readonly<{ trustee: number; name: string; share: Scalar; verifyingKey: Uint8Array }>;
export type SharedKey = Readonly<{ publicKey: Uint8Array; trustees: readonly Trustee[] }>;

export function sharedKey(count: number, threshold: number): SharedKey {
  const coefficients = Array.from({ length: threshold }, () => randomScalar(random));
  const valueAt = (x: bigint): Scalar =>
    coefficients.reduceRight((sum, coefficient) => scalars.add(scalars.multiply(sum, x), coefficient), 0n);
  const trustees = Array.from({ length: count }, (_, place) => {
    const share = valueAt(BigInt(place + 1));
    return {
      trustee: place + 1,
      name: `Trustee ${place + 1}`,
      share,
      verifyingKey: encodePoint(multiply(base, share)),
    };
  });
  return { publicKey: encodePoint(multiply(base, valueAt(0n))), trustees };
}
