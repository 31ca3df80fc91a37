import { ristretto255_FROST } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import {
  type Dealer,
  type Dealing,
  deal,
  isDealt,
  isShareOf,
  keysDealt,
  shareDealt,
  sharesFor,
} from "#core/trustees/ceremony/dealing.ts";
import { lagrangeAtZero } from "#core/trustees/combination.ts";
import { base, decodeScalar, encodePoint, multiply, ORDER, scalars } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { DKG_VECTORS } from "#test/core/trustees/ceremony/frost-vectors.ts";
import { random } from "#test/core/trustees/contexts.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (of: Uint8Array): string => Buffer.from(of).toString("hex");
const scalar = (of: Uint8Array): bigint => decodeScalar(of) ?? ORDER;

describe("frost-core's vectors of key generation, two of three", () => {
  const { trustees, publicKey } = DKG_VECTORS;
  const dealings = trustees.map(
    ({ commitments, proof }): Dealing => ({ commitments: commitments.map(bytes), proof: bytes(proof) }),
  );

  test("coefficients times G are the commitments", () => {
    for (const { secret, coefficient, commitments } of trustees) {
      const products = [secret, coefficient].map((of) => hex(encodePoint(multiply(base, scalar(bytes(of))))));
      expect(products).toEqual(commitments);
    }
  });

  test.each([1, 2, 3])("the dealing of trustee %i is good, and no other trustee's", (number) => {
    const who = { ceremony: new Uint8Array(64), threshold: 2, trustees: 3 };
    expect(isDealt(who, number, itemAt(dealings, number - 1))).toBe(true);
    expect(isDealt(who, number, itemAt(dealings, number % 3))).toBe(false);
  });

  test("each share is what its dealer committed to, for that trustee only", () => {
    const given = trustees.flatMap(({ received }, place) =>
      Object.entries(received).map(([from, share]) => ({ from: Number(from) - 1, to: place + 1, share: bytes(share) })),
    );
    expect(given).toHaveLength(6);
    for (const { from, to, share } of given) {
      expect(isShareOf(itemAt(dealings, from), to, share)).toBe(true);
      expect(isShareOf(itemAt(dealings, from), to + 1, share)).toBe(false);
      expect(isShareOf(itemAt(dealings, (from + 1) % 3), to, share)).toBe(false);
    }
  });

  test("public key and verifying keys follow from the commitments", () => {
    const keys = keysDealt(dealings);
    expect(hex(keys.publicKey)).toBe(publicKey);
    expect(keys.verifyingKeys.map(hex)).toEqual(trustees.map(({ verifyingKey }) => verifyingKey));
  });

  test.each([1, 2, 3])("noble gives trustee %i the vectors' share", (number) => {
    const { DKG, Identifier } = ristretto255_FROST;
    const own = itemAt(trustees, number - 1);
    // As DKG.round1 leaves it, with the vectors' coefficients.
    const secret = {
      identifier: BigInt(number),
      coefficients: [own.secret, own.coefficient].map((of) => scalar(bytes(of))),
      commitment: own.commitments.map(bytes),
      signers: { min: 2, max: 3 },
      step: 1 as const,
    };
    const received: Readonly<Record<number, string>> = own.received;
    const others = trustees.flatMap(({ commitments, proof }, place) =>
      place + 1 === number
        ? []
        : [
            {
              identifier: Identifier.fromNumber(place + 1),
              commitment: commitments.map(bytes),
              proofOfKnowledge: bytes(proof),
              signingShare: bytes(received[place + 1] ?? ""),
            },
          ],
    );
    const given = DKG.round2(secret, others);
    for (const [place, { received: theirs }] of trustees.entries()) {
      const share = given[Identifier.fromNumber(place + 1)]?.signingShare;
      expect(share && hex(share)).toBe((theirs as Readonly<Record<number, string>>)[number]);
    }
    const key = DKG.round3(secret, others, others);
    expect(hex(key.secret.signingShare)).toBe(own.share);
    expect(hex(itemAt(key.public.commitments, 0))).toBe(publicKey);
  });
});

const ceremony = new Uint8Array(64).fill(3);

function dealers(threshold: number, trustees: number): readonly Dealer[] {
  return Array.from({ length: trustees }, (_, place) => ({
    secret: random(32),
    ceremony,
    number: place + 1,
    threshold,
    trustees,
  }));
}

function keysOf(all: readonly Dealer[]) {
  const dealings = all.map(deal);
  const given = all.map((dealer) => sharesFor(dealer, dealings));
  return all.map((dealer, to) =>
    shareDealt(
      dealer,
      dealings,
      given.map((shares) => shares[to]),
    ),
  );
}

/** Every choice of so many of the numbers from 1 to n. */
function choices(size: number, n: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return choices(size - 1, n).flatMap((chosen) =>
    Array.from({ length: n - (chosen.at(-1) ?? 0) }, (_, more) => [...chosen, (chosen.at(-1) ?? 0) + more + 1]),
  );
}

describe("a key that trustees deal", () => {
  test.each([
    [2, 3],
    [3, 5],
  ])("is had by any %i of %i, and by none of fewer", (threshold, trustees) => {
    const keys = keysOf(dealers(threshold, trustees));
    const { publicKey } = itemAt(keys, 0);
    const keyOf = (numbers: readonly number[]): string => {
      const factors = lagrangeAtZero(numbers);
      const whole = numbers
        .map((number, place) => scalars.multiply(itemAt(factors, place), scalar(itemAt(keys, number - 1).share)))
        .reduce(scalars.add, 0n);
      return hex(encodePoint(multiply(base, whole)));
    };
    for (const numbers of choices(threshold, trustees)) expect(keyOf(numbers)).toBe(hex(publicKey));
    for (const numbers of choices(threshold - 1, trustees)) expect(keyOf(numbers)).not.toBe(hex(publicKey));
  });

  test("is the same to all, with each one's share times G as its verifying key", () => {
    const keys = keysOf(dealers(2, 3));
    for (const { publicKey, verifyingKeys } of keys) {
      expect(publicKey).toEqual(itemAt(keys, 0).publicKey);
      expect(verifyingKeys).toEqual(keys.map(({ share }) => encodePoint(multiply(base, scalar(share)))));
    }
  });
});

describe("a dealing", () => {
  test("follows from secret, ceremony and number, for ever: else a key file would lose its share", () => {
    const dealer = { secret: new Uint8Array(32).fill(1), ceremony, number: 2, threshold: 2, trustees: 3 };
    const { commitments, proof } = deal(dealer);
    expect([...commitments, proof].map(hex)).toEqual([
      "9ce3f32c46a6fb379915204edfbe42f020e6dbc45fa190d4df10925114501024",
      "68ce6b7b4f4af53c3f906b4e06836cd7c14fc2a5a84a2150f466d2f62b20ae6b",
      "4eb971413fb86182fa1e9fe79308344159c48e2f1ded4e587032b76d0451046ee12750a239a5848aabed3c9b021b11b5c2c2761817f7ead5343b965a2e32730d",
    ]);
    expect(deal(dealer)).toEqual({ commitments, proof });
    for (const other of [{ secret: random(32) }, { ceremony: new Uint8Array(64) }, { number: 1 }]) {
      expect(deal({ ...dealer, ...other }).commitments[0]).not.toEqual(commitments[0]);
    }
  });

  test("is refused with a commitment too many or too few, another's, or one that is no element", () => {
    const [dealer] = dealers(2, 3);
    const { commitments, proof } = deal(dealer as Dealer);
    const [first, second] = commitments as [Uint8Array, Uint8Array];
    const isGood = (of: readonly Uint8Array[], by = proof) =>
      isDealt({ ceremony, threshold: 2, trustees: 3 }, 1, { commitments: of, proof: by });
    expect(isGood(commitments)).toBe(true);
    for (const bad of [[], [first], [first, second, second], [second, first], [first, new Uint8Array(32)]]) {
      expect(isGood(bad)).toBe(false);
    }
    for (const place of proof.keys()) {
      const changed = proof.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(isGood(commitments, changed)).toBe(false);
    }
  });
});
