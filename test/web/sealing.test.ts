import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBase64Url } from "#core/bytes.ts";
import { envelopeBytes, openEnvelope } from "#core/envelope.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { trackingCodeOf } from "#core/tracking-code.ts";
import { openerWith } from "#storage/hpke.ts";
import { publicKeyOf } from "#storage/x25519.ts";
import { law, race, rankedRace } from "#test/definitions.ts";
import { sealBallot } from "#web/sealing.ts";

const { privateKey } = generateKeyPairSync("x25519");
const published = publicKeyOf(privateKey);

const open = openerWith(privateKey);
const read = (envelope: string): Uint8Array => fromBase64Url(envelope) ?? new Uint8Array();

describe("a ballot sealed in the browser", () => {
  test.each([
    ["an answer to a law", law(), "all", { kind: "choice", choice: "oui" }],
    ["a blank ballot", law({ allowBlank: true }), "all", { kind: "blank" }],
    ["a candidate", race(), "1", { kind: "candidate", candidateId: "2" }],
    ["a ranking", rankedRace(), "1", { kind: "ranking", candidateIds: ["2", "1"] }],
  ] as const)("is opened by the tally: %s", async (_, definition, regionId, selection: Selection) => {
    const { envelope } = await sealBallot(definition, published, regionId, selection);
    expect(await openEnvelope(open, definition, regionId, read(envelope))).toBe(writeSelection(selection));
  });

  test("has the tracking code that the server computes from the same envelope", async () => {
    const { envelope, trackingCode } = await sealBallot(law(), published, "all", { kind: "choice", choice: "non" });
    expect(trackingCode).toBe(trackingCodeOf(createHash("sha256").update(read(envelope)).digest()));
  });

  test("has its election's fixed length, and differs every time", async () => {
    const definition = law({ allowBlank: true });
    const selections: Selection[] = [
      { kind: "choice", choice: "oui" },
      { kind: "choice", choice: "oui" },
      { kind: "blank" },
    ];
    const sealed = await Promise.all(
      selections.map((selection) => sealBallot(definition, published, "all", selection)),
    );
    expect(new Set(sealed.map(({ envelope }) => envelope)).size).toBe(3);
    expect(sealed.map(({ envelope }) => read(envelope).length)).toEqual(Array(3).fill(envelopeBytes(definition)));
  });

  test("does not open for another region", async () => {
    const { envelope } = await sealBallot(race(), published, "1", { kind: "candidate", candidateId: "1" });
    expect(await openEnvelope(open, race(), "2", read(envelope))).toBeUndefined();
  });

  test("is not made when the election's key is invalid", async () => {
    await expect(sealBallot(law(), "bm90IGEga2V5", "all", { kind: "choice", choice: "oui" })).rejects.toThrow();
  });
});
