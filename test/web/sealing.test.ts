import { createHash, generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { castStatement } from "#core/cast-statement.ts";
import { envelopeBytes, openEnvelope } from "#core/envelope.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { isSignedBy } from "#storage/ed25519.ts";
import { openerWith } from "#storage/hpke.ts";
import { publicKeyOf } from "#storage/x25519.ts";
import { law, race, rankedRace, stated } from "#test/definitions.ts";
import { makeOneTimeKey, signWith } from "#web/one-time-key.ts";
import { type SealedBallot, sealBallot, signBallot } from "#web/sealing.ts";

const { privateKey } = generateKeyPairSync("x25519");
const published = publicKeyOf(privateKey);

const open = openerWith(privateKey);
const keyed = ({ envelope, oneTimeKey }: Pick<SealedBallot, "envelope" | "oneTimeKey">) => ({
  envelope: read(envelope),
  oneTimeKey: read(oneTimeKey.publicKey),
});
const read = (envelope: string): Uint8Array => fromBase64Url(envelope) ?? new Uint8Array();

describe("a ballot sealed in the browser", () => {
  test.each([
    ["an answer to a law", law(), "all", { kind: "choice", choice: "oui" }],
    ["a blank ballot", law({ allowBlank: true }), "all", { kind: "blank" }],
    ["a candidate", race(), "1", { kind: "candidate", candidateId: "2" }],
    ["a ranking", rankedRace(), "1", { kind: "ranking", candidateIds: ["2", "1"] }],
  ] as const)("is opened by the tally: %s", async (_, definition, regionId, selection: Selection) => {
    const sealed = await sealBallot(stated(definition), published, regionId, selection);
    expect(await openEnvelope(open, stated(definition), regionId, keyed(sealed))).toBe(writeSelection(selection));
  });

  test("has the tracking code that the server computes from the same envelope and one-time key", async () => {
    const { trackingCode, ...sealed } = await sealBallot(stated(law()), published, "all", {
      kind: "choice",
      choice: "non",
    });
    expect(trackingCode).toBe(
      trackingCodeOf(
        createHash("sha256")
          .update(trackedBytes(keyed(sealed)))
          .digest(),
      ),
    );
  });

  test("has its election's fixed length, and differs every time", async () => {
    const definition = law({ allowBlank: true });
    const selections: Selection[] = [
      { kind: "choice", choice: "oui" },
      { kind: "choice", choice: "oui" },
      { kind: "blank" },
    ];
    const sealed = await Promise.all(
      selections.map((selection) => sealBallot(stated(definition), published, "all", selection)),
    );
    expect(new Set(sealed.map(({ envelope }) => envelope)).size).toBe(3);
    expect(sealed.map(({ envelope }) => read(envelope).length)).toEqual(Array(3).fill(envelopeBytes(definition)));
  });

  test("does not open for another region", async () => {
    const sealed = await sealBallot(stated(race()), published, "1", { kind: "candidate", candidateId: "1" });
    expect(await openEnvelope(open, stated(race()), "2", keyed(sealed))).toBeUndefined();
  });

  test("does not open for whoever copied it and has another one-time key", async () => {
    const sealed = await sealBallot(stated(law()), published, "all", { kind: "choice", choice: "oui" });
    const own = await sealBallot(stated(law()), published, "all", { kind: "choice", choice: "oui" });
    const copied = { ...keyed(own), envelope: keyed(sealed).envelope };
    expect(await openEnvelope(open, stated(law()), "all", copied)).toBeUndefined();
  });

  test("is not made when the election's key is invalid", async () => {
    await expect(sealBallot(stated(law()), "bm90IGEga2V5", "all", { kind: "choice", choice: "oui" })).rejects.toThrow();
  });
});

describe("a sealed ballot is signed for the voter who casts it", () => {
  const VOTER = { nas: "123 456 789", code: "ABC123" };
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function signed() {
    const definition = law();
    const sealed = await sealBallot(stated(definition), published, "all", { kind: "choice", choice: "oui" });
    const { signature, one_time_key, envelope } = await signBallot(definition, "all", sealed, VOTER);
    const { electionId } = definition;
    const cast = { electionId, regionId: "all", credentials: [VOTER.nas, VOTER.code], ...keyed(sealed) };
    const isSigned = (change: Partial<typeof cast> = {}) =>
      isSignedBy(read(one_time_key), castStatement({ ...cast, ...change }), read(signature));
    expect(envelope).toBe(sealed.envelope);
    return { cast, isSigned };
  }

  test("and for no other credentials, election, region, envelope or key", async () => {
    const { cast, isSigned } = await signed();
    expect(isSigned()).toBe(true);
    const other = new Uint8Array(32);
    for (const change of [
      { credentials: ["123 456 789", "ABC124"] },
      { credentials: ["123 456 789ABC123"] },
      { credentials: ["123456789", "ABC123"] },
      { electionId: "L2" },
      { regionId: "1" },
      { envelope: cast.envelope.map((byte) => byte ^ 1) },
      { oneTimeKey: other },
    ]) {
      expect(isSigned(change)).toBe(false);
    }
  });

  test("in a browser without Ed25519 too", async () => {
    const without = async (): Promise<never> => {
      throw new DOMException("Unrecognized name.", "NotSupportedError");
    };
    vi.spyOn(crypto.subtle, "generateKey").mockImplementation(without);
    vi.spyOn(crypto.subtle, "importKey").mockImplementation(without);
    const library = () => import("#web/ed25519.ts");
    const key = await makeOneTimeKey(library);
    const statement = new TextEncoder().encode("a statement");
    const signature = read(await signWith(key, statement, library));
    expect(isSignedBy(read(key.publicKey), statement, signature)).toBe(true);
    expect(isSignedBy(read(key.publicKey), statement.slice(1), signature)).toBe(false);
    vi.restoreAllMocks();
    // A ballot sealed by one is signed by the other after an update of the browser.
    expect(await signWith(key, statement, library)).toBe(toBase64Url(signature));
  });
});
