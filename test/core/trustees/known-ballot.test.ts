import { expect, test } from "vitest";
import { checkBallot, makeBallot } from "#core/trustees/ballot.ts";
import { ballotTrackingCode, cardKey, signBallot } from "#core/trustees/card-key.ts";
import { base, encodePoint, multiply } from "#core/trustees/group.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { rankedRace } from "#test/definitions.ts";

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const counting = (from: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, place) => from + place);

/** Computed from the docstrings alone by a program of its own, in Python's integers and by the formulas of RFC 9496 and RFC 8032. */
const KNOWN = {
  seed: "e566705185203c38b1ca276de0e9b2b6ccfc5e2c922b664c434bd0fa5e59d3c9",
  voterKey: "TSbckW1jp8uoLgg0GZgNHxepHYFWYUTN-Pw9tXdBKmY",
  M: "0400030200010000000000000000000000000000000000000000000000000000",
  body:
    "d83bfb241f8c97e35570c9c8520b7db27d8a43cbc4934343e2735b74f33c146d" +
    "58adbf0e1d9aa7a0cbaedf8b6b07aec12df186dd7f04e395fe2a49af5bb81b05" +
    "68503d212ffb1d12ff840f90bb6e6addc7422912a997a81fee67f16fbb2db466" +
    "b0efc88de597edcb13e6c824793b4ff26893097bc250098963ad935cff83fd07",
  trackingCode: "WUNYDYPK6E4EYZMMIO4I",
  signature:
    "9c594484e8e577bad33cdf0457e6e12cd2506b537b394831466e820772090cdf" +
    "602ffe01a59bc640826ddc38840e7b96a9a2924904f1ae02211de83a890dff0a",
};

test("a ballot of known card, key and seed is the same bytes for ever, as somebody else computes them", () => {
  const candidates = [1, 2, 3].map((id) => ({ candidateId: `${id}`, lastName: `Roy ${id}`, regionIds: ["1"] }));
  const regions = [{ regionId: "1", name: { fr: "Un", en: "One" } }];
  const definition = rankedRace({ candidates, regions, maxRankings: 3 });
  const key = cardKey(nodeCards, { electionId: "E1", number: "123456789", code: "ABCDEFGHJKMNP" });
  const context = {
    publicKey: encodePoint(multiply(base, 5n)),
    ballotDigest: counting(0),
    electionId: "E1",
    regionId: "1",
    voterKey: key.voterKey,
  };
  const M = encodeSelection(definition, "1", { kind: "ranking", candidateIds: ["3", "1", "2"] });
  const body = makeBallot(context, M, counting(32));
  expect({
    seed: hexOf(key.seed),
    voterKey: key.voterKey,
    M: hexOf(encodePoint(M)),
    body: hexOf(body),
    trackingCode: ballotTrackingCode(key.voterKey, body),
    signature: hexOf(signBallot(nodeCards, key, context, body)),
  }).toEqual(KNOWN);
  expect(checkBallot(context, body)).toBeDefined();
});
