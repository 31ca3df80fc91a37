import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { castStatement } from "#core/cast-statement.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes, openEnvelope, sealEnvelope } from "#core/envelope.ts";
import { interpretBallot } from "#core/interpretation.ts";
import type { Selection } from "#core/selection.ts";
import { openerWith, sealerTo } from "#storage/hpke.ts";
import { law, race, rankedRace, stated } from "#test/definitions.ts";

const { publicKey, privateKey } = generateKeyPairSync("x25519");
const seal = sealerTo(publicKey);
const open = openerWith(privateKey);
const oneTimeKey = new Uint8Array(32).fill(7);
const anotherKey = new Uint8Array(32).fill(8);
const OUI: Selection = { kind: "choice", choice: "oui" };

const sealed = async (definition: ElectionDefinition, regionId: string, selection: Selection) => ({
  oneTimeKey,
  envelope: await sealEnvelope(seal, stated(definition), { regionId, oneTimeKey }, selection),
});

/** An envelope of these padded bytes, sealed as a dishonest device could. */
async function sealedBytes(definition: ElectionDefinition, regionId: string, padded: Uint8Array) {
  const honest = await sealed(definition, regionId, OUI);
  let info = "";
  await sealEnvelope(
    (plaintext, sealedInfo) => {
      info = sealedInfo;
      return seal(plaintext, sealedInfo);
    },
    stated(definition),
    { regionId, oneTimeKey },
    OUI,
  );
  const { encapsulatedKey, ciphertext } = await seal(padded, info);
  return { ...honest, envelope: Uint8Array.from([...encapsulatedKey, ...ciphertext]) };
}

describe("an envelope", () => {
  test("has one length in an election, whatever it holds: key, length, longest selection and tag", async () => {
    expect(envelopeBytes(law())).toBe(32 + 2 + "oui".length + 16);
    expect(envelopeBytes(race({ allowBlank: true }))).toBe(32 + 2 + "1".length + 16);
    const ranked = rankedRace({ allowBlank: true });
    expect(envelopeBytes(ranked)).toBe(32 + 2 + "1>2".length + 16);
    for (const selection of [{ kind: "ranking", candidateIds: ["2", "1"] }, { kind: "blank" }] as const) {
      expect((await sealed(ranked, "1", selection)).envelope).toHaveLength(envelopeBytes(ranked));
    }
  });

  test("gives back what was sealed, under the suite that RFC 9180 names", async () => {
    for (const selection of [["1"], ["2"], ["2", "1"]]) {
      const ballot = await sealed(rankedRace(), "1", { kind: "ranking", candidateIds: selection });
      expect(await openEnvelope(open, stated(rankedRace()), "1", ballot)).toBe(selection.join(">"));
    }
  });

  test("opens only as what it was sealed for: election, opening statement, region, one-time key and ballot key", async () => {
    const definition = race();
    const ballot = await sealed(definition, "1", { kind: "candidate", candidateId: "1" });
    expect(await openEnvelope(open, stated(definition), "1", ballot)).toBe("1");
    expect(await openEnvelope(open, stated(race({ electionId: "E2" })), "1", ballot)).toBeUndefined();
    expect(await openEnvelope(open, stated(definition), "2", ballot)).toBeUndefined();
    expect(await openEnvelope(open, { definition, opening: "6".repeat(64) }, "1", ballot)).toBeUndefined();
    expect(await openEnvelope(open, stated(definition), "1", { ...ballot, oneTimeKey: anotherKey })).toBeUndefined();
    const others = openerWith(generateKeyPairSync("x25519").privateKey);
    expect(await openEnvelope(others, stated(definition), "1", ballot)).toBeUndefined();
  });

  test("does not open when a byte is changed, missing or too many", async () => {
    const ballot = await sealed(law(), "all", OUI);
    await fc.assert(
      fc.asyncProperty(fc.nat(ballot.envelope.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const envelope = ballot.envelope.map((byte, index) => (index === at ? byte ^ flip : byte));
        expect(await openEnvelope(open, stated(law()), "all", { oneTimeKey, envelope })).toBeUndefined();
      }),
    );
    for (const envelope of [ballot.envelope.subarray(1), Uint8Array.from([...ballot.envelope, 0]), new Uint8Array()]) {
      expect(await openEnvelope(open, stated(law()), "all", { oneTimeKey, envelope })).toBeUndefined();
    }
  });

  test("does not open when its padding holds anything, or its length is not that of its text", async () => {
    const padded = (...bytes: readonly number[]) => sealedBytes(law(), "all", Uint8Array.from(bytes));
    const [o, u, i, n] = [111, 117, 105, 110];
    const read = async (...bytes: readonly number[]) =>
      openEnvelope(open, stated(law()), "all", await padded(...bytes));
    expect(await read(0, 3, o, u, i)).toBe("oui");
    expect(await read(0, 2, o, u, 0)).toBe("ou");
    expect(await read(0, 0, 0, 0, 0)).toBe("");
    expect(await read(0, 2, o, u, i)).toBeUndefined();
    expect(await read(0, 4, n, o, n)).toBeUndefined();
    expect(await read(1, 3, n, o, n)).toBeUndefined();
  });

  test("is never sealed with a selection longer than any of its election", async () => {
    await expect(sealed(law(), "all", { kind: "candidate", candidateId: "long" })).rejects.toThrow(RangeError);
  });
});

describe("a stored ballot counts as", () => {
  const count = (definition: ElectionDefinition, regionId: string, ballot: Awaited<ReturnType<typeof sealed>>) =>
    interpretBallot(open, stated(definition), regionId, ballot);

  test("its selection, when that fits the contest", async () => {
    expect(await count(law(), "all", await sealed(law(), "all", OUI))).toBe("oui");
    const blank = await sealed(law({ allowBlank: true }), "all", { kind: "blank" });
    expect(await count(law({ allowBlank: true }), "all", blank)).toBe("-");
  });

  test("spoiled, when it does not open or names what is not on its ballot", async () => {
    expect(await count(race(), "2", await sealed(race(), "1", { kind: "candidate", candidateId: "1" }))).toBe("!");
    expect(await count(race(), "1", await sealed(race(), "1", { kind: "candidate", candidateId: "3" }))).toBe("!");
    expect(await count(law(), "all", await sealed(law(), "all", { kind: "blank" }))).toBe("!");
    expect(await count(law(), "all", await sealedBytes(law(), "all", Uint8Array.of(0, 0, 0, 0, 0)))).toBe("!");
  });
});

test("the one-time key signs where, by which key, what, and for whom, in canonical JSON", () => {
  const casting = {
    electionId: "E1",
    regionId: "2",
    oneTimeKey,
    envelope: Uint8Array.of(1, 2),
    credentials: ["1", "A"],
  };
  const key = Buffer.from(oneTimeKey).toString("base64url");
  expect(new TextDecoder().decode(castStatement(casting))).toBe(`["scrutin/v1/cast","E1","2","${key}","AQI","1","A"]`);
});
