import { describe, expect, test } from "vitest";
import { toBase64Url } from "#core/bytes.ts";
import { lineContext, mixContextOf, openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { sharedKey } from "#test/core/trustees/shared-key.ts";

const key = sharedKey(3, 2);
const filler = (byte: number): string => toBase64Url(new Uint8Array(32).fill(byte));
const ceremony: Ceremony = {
  ...{ format: "scrutin-ceremony-1", electionId: "E1", ballotDigest: filler(7), threshold: 2, mixes: 2 },
  ...{ publicKey: toBase64Url(key.publicKey), messages: filler(1), signatures: [] },
  trustees: key.trustees.map(({ name, verifyingKey }) => ({
    ...{ name, signingKey: filler(2), sealingKey: filler(3), verifyingKey: toBase64Url(verifyingKey) },
  })),
};
const batch = { ceremony: ceremonyDigest(recordIn(ceremony)), publicKey: key.publicKey, electionId: "E1" };

describe("what is proved of a bundle is proved for", () => {
  test("the voter, of a ballot", () => {
    const context = lineContext(ceremony, { regionId: "1", voterKey: filler(4) });
    expect(context).toEqual({
      ...{ publicKey: key.publicKey, ballotDigest: new Uint8Array(32).fill(7) },
      ...{ electionId: "E1", regionId: "1", voterKey: filler(4) },
    });
  });

  test("the mixer, of a mix, which files count from 1 and proofs from 0", () => {
    const context = mixContextOf(ceremony, 1, 3, { regionId: "1", batch: 4 });
    expect(context).toEqual({ ...batch, regionId: "1", batch: 4, mix: 0, mixer: "Trustee 3" });
  });

  test("the trustee and its key, of an opening", () => {
    const { trustee, name, verifyingKey } = key.trustees[1] ?? { trustee: 0, name: "", verifyingKey: new Uint8Array() };
    const context = openingContextOf(ceremony, 2, { regionId: "2", batch: 0 });
    expect(context).toEqual({ ...batch, regionId: "2", batch: 0, trustee, name, verifyingKey });
  });
});
