import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { checkBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { ballotTrackingCode, isCast, type Verifier } from "#core/trustees/card-key.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import { multiply, subtract } from "#core/trustees/group.ts";
import { nobleCards } from "#core/trustees/noble-cards.ts";
import { decodeSelection } from "#core/trustees/plaintext.ts";
import { checkCharacterOf } from "#core/voting-code.ts";
import { BY_TRUSTEES, law, race } from "#test/definitions.ts";
import { smallCeremony } from "#test/web/trustees/small-ceremony.ts";
import { remade } from "#web/trustees/remade.ts";
import { readTestLink } from "#web/trustees/test-link.ts";
import { votingDevice } from "#web/trustees/voting-device.ts";
import type { AskedDevice } from "#web/trustees/worker-messages.ts";

/** The voter's device at level "trustees", as the script beside the page runs it. */

const verify: Verifier = (key, message, signature) => ed25519.verify(signature, message, key);
const LAW = law(BY_TRUSTEES);
const RACE = race(BY_TRUSTEES);
const CHARACTERS = "ABCDEFGHJKMN";
const CARD = { number: "17", code: CHARACTERS + checkCharacterOf(CHARACTERS) };
const bytesIn = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();

/** @param given what the device was given as random, which it overwrites once it is used */
function newDevice(given: Uint8Array[] = []) {
  let drawn = 0;
  return votingDevice({
    engine: nobleCards,
    verify,
    random: (length) => {
      drawn += 1;
      const bytes = new Uint8Array(length).fill(drawn);
      given.push(bytes);
      return bytes;
    },
  });
}

const knowing = (definition: ElectionDefinition, ceremony: Ceremony = smallCeremony(definition)) =>
  ({
    kind: "know",
    definition,
    ceremony,
    words: wordsOf("ceremony", ceremonyDigest(recordIn(ceremony))),
  }) as const satisfies AskedDevice;
const sealing = (definition: ElectionDefinition) =>
  ({
    kind: "seal",
    regionId: definition.votingMethod === "referendum" ? "all" : "1",
    selection:
      definition.votingMethod === "referendum"
        ? { kind: "choice", choice: "non" }
        : { kind: "candidate", candidateId: "2" },
    ...CARD,
  }) as const satisfies AskedDevice;

async function sealed(definition: ElectionDefinition, device = newDevice()) {
  expect(await device(knowing(definition))).toEqual({ kind: "known", fault: undefined });
  const told = await device(sealing(definition));
  if (told.kind !== "sealed") throw new Error("the ballot is not sealed");
  return { device, trackingCode: told.trackingCode };
}

describe("a ballot that is cast", () => {
  test.each([LAW, RACE])(
    "is signed by the card's key, proved, and says what was chosen: $electionId",
    async (definition) => {
      const { device, trackingCode } = await sealed(definition);
      const told = await device({ kind: "cast" });
      if (told.kind !== "signed") throw new Error("the ballot is not signed");
      const { voterKey, ballot, signature } = told.signed;
      const { regionId, selection } = sealing(definition);
      const { publicKey } = smallCeremony(definition);
      const context = {
        publicKey: bytesIn(publicKey),
        ballotDigest: ballotDigest(definition),
        electionId: definition.electionId,
        regionId,
        voterKey,
      };
      const encrypted = checkBallot(context, bytesIn(ballot));
      if (encrypted === undefined) throw new Error("the ballot is not proved");
      expect(isCast(verify, context, bytesIn(ballot), bytesIn(signature))).toBe(true);
      expect(ballotTrackingCode(voterKey, bytesIn(ballot))).toBe(trackingCode);
      expect(told.signed.trackingCode).toBe(trackingCode);
      // The key of this ceremony is 11.
      const M = subtract(encrypted.B, multiply(encrypted.A, 11n));
      expect(decodeSelection(definition, regionId, M)).toEqual(selection);
    },
  );

  test("is signed once: afterwards there is nothing to sign or open, and its seed is overwritten", async () => {
    const given: Uint8Array[] = [];
    const { device } = await sealed(LAW, newDevice(given));
    expect(given.map((bytes) => bytes[0])).toEqual([1]);
    await device({ kind: "cast" });
    expect(given.map((bytes) => new Set(bytes))).toEqual([new Set([0])]);
    expect(await device({ kind: "cast" })).toEqual({ kind: "failed" });
    expect(await device({ kind: "test" })).toEqual({ kind: "failed" });
  });
});

describe("a ballot that tests the device", () => {
  test.each([LAW, RACE])(
    "is made again from its link alone, with the same choice and tracking code: $electionId",
    async (definition) => {
      const { device, trackingCode } = await sealed(definition);
      const told = await device({ kind: "test" });
      if (told.kind !== "opened") throw new Error("the ballot is not opened");
      expect(told.fragment).toMatch(/^#T[A-Za-z0-9_-]+$/);
      const link = await readTestLink(`https://example.org/test.html${told.fragment}`);
      if (link?.definition === undefined) throw new Error("the link is not whole");
      expect(toBase64Url(ballotDigest(link.definition))).toBe(smallCeremony(definition).ballotDigest);
      const { regionId, selection } = sealing(definition);
      expect(remade(link, link.definition)).toMatchObject({ trackingCode, regionId, selection });
    },
  );

  test("can never be cast, and neither can one that the voter gave up", async () => {
    const { device } = await sealed(LAW);
    const opening = device({ kind: "test" });
    expect(await device({ kind: "cast" })).toEqual({ kind: "failed" });
    await opening;
    await device(sealing(LAW));
    expect(await device({ kind: "forget" })).toEqual({ kind: "forgotten" });
    expect(await device({ kind: "cast" })).toEqual({ kind: "failed" });
  });

  test("tells nothing of the next one: another seed and another tracking code, with the same card", async () => {
    const { device, trackingCode } = await sealed(LAW);
    await device({ kind: "test" });
    const told = await device(sealing(LAW));
    expect(told).toMatchObject({ kind: "sealed" });
    expect(told).not.toMatchObject({ trackingCode });
  });

  test("a link that lies about the choice gives another tracking code", async () => {
    const { device, trackingCode } = await sealed(LAW);
    const told = await device({ kind: "test" });
    const link = told.kind === "opened" ? await readTestLink(told.fragment) : undefined;
    if (link?.definition === undefined) throw new Error("the link is not whole");
    const lie = { ...link, selectionIn: () => ({ kind: "choice", choice: "oui" }) as const };
    expect(remade(lie, link.definition)?.trackingCode).toMatch(/^[A-Z2-7]{20}$/);
    expect(remade(lie, link.definition)?.trackingCode).not.toBe(trackingCode);
    expect(remade({ ...link, regionId: "1" }, link.definition)).toBeUndefined();
    expect(remade(link, law({ ...BY_TRUSTEES, electionId: "L2" }))).toBeUndefined();
  });

  test("what is no link is none", async () => {
    const { device } = await sealed(LAW);
    const told = await device({ kind: "test" });
    const whole = told.kind === "opened" ? told.fragment : "";
    for (const text of [
      "",
      "#T",
      "#ABCDEFGHIJKLMNOPQRST",
      whole.slice(0, -9),
      `${whole.slice(0, 40)}${whole.slice(60)}`,
    ]) {
      expect(await readTestLink(text)).toBeUndefined();
    }
  });

  test("a long question is left out of the link, which then still fits a QR code", async () => {
    const candidates = Array.from({ length: 250 }, (_, place) => ({
      candidateId: `c${place}`,
      lastName: `Name ${(place * 7919) % 1009} ${(place * 104729) % 10007}`,
      regionIds: ["1"],
    }));
    const definition = race({ ...BY_TRUSTEES, regions: [{ regionId: "1", name: { fr: "R", en: "R" } }], candidates });
    const device = newDevice();
    await device(knowing(definition));
    await device({ ...sealing(definition), selection: { kind: "candidate", candidateId: "c3" } });
    const told = await device({ kind: "test" });
    const link = told.kind === "opened" ? await readTestLink(told.fragment) : undefined;
    expect(told.kind === "opened" && told.fragment.length).toBeLessThan(400);
    expect(link?.definition).toBeUndefined();
    expect(link && remade(link, definition)).toMatchObject({ selection: { kind: "candidate", candidateId: "c3" } });
  });
});

describe("nothing is sealed", () => {
  test.each([
    [
      "another question than the trustees signed",
      { ...LAW, question: { fr: "Et ceci ?", en: "And this?" } },
      "question",
    ],
    ["another election", { ...LAW, electionId: "L2" }, "question"],
  ] as const)("for %s", async (_, shown, fault) => {
    const device = newDevice();
    expect(await device({ ...knowing(LAW), definition: shown })).toEqual({ kind: "known", fault });
    expect(await device(sealing(LAW))).toEqual({ kind: "failed" });
  });

  test("for a record that the trustees did not sign, or other words than its own", async () => {
    const device = newDevice();
    const asked = knowing(LAW);
    const { ceremony, words } = asked;
    const other = smallCeremony(LAW, { mixes: 1 });
    const told = { kind: "known", fault: "ceremony" };
    expect(await device({ ...asked, ceremony: { ...ceremony, signatures: other.signatures } })).toEqual(told);
    expect(await device({ ...asked, ceremony: other })).toEqual(told);
    expect(await device({ ...asked, words: { ...words, fr: words.en } })).toEqual(told);
    expect(await device(sealing(LAW))).toEqual({ kind: "failed" });
  });

  test("for other times alone everything is as it was signed", async () => {
    const shown = { ...LAW, closesAt: "2098-01-01T00:00:00Z" };
    expect(await newDevice()({ ...knowing(LAW), definition: shown })).toEqual({ kind: "known", fault: undefined });
  });
});
