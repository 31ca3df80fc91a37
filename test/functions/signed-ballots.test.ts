import type { Context } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { Selection } from "#core/selection.ts";
import { isAcceptance } from "#core/trustees/acceptance.ts";
import { BODY_BYTES, makeBallot } from "#core/trustees/ballot.ts";
import { ballotTrackingCode, type CardKey, signBallot } from "#core/trustees/card-key.ts";
import {
  add,
  base,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  multiply,
  neutral,
  ORDER,
  type Point,
  randomScalar,
  scalars,
} from "#core/trustees/group.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { isSignedBy } from "#storage/ed25519.ts";
import { random } from "#test/core/trustees/contexts.ts";
import { BY_TRUSTEES, law, race } from "#test/definitions.ts";
import {
  bodyOf,
  cardOf,
  contextAt,
  MINUTE,
  openSignedPolls,
  type SignedElection,
  type SignedPolls,
  type SignedVote,
  voteOf,
} from "#test/functions/signed-polls.ts";

/** What a server takes of ballots that trustees will open: each attack of docs/threat-model.md goes through the real handlers. */

const WORDS = { fr: "un deux trois quatre cinq six", en: "one two three four five six" };
const OUI: Selection = { kind: "choice", choice: "oui" };
const ADA: Selection = { kind: "candidate", candidateId: "1" };

let polls: SignedPolls;
let asked: SignedElection;
let elected: SignedElection;
let ours: CardKey;
let body: Uint8Array;
let honest: SignedVote;
beforeAll(async () => {
  polls = await openSignedPolls();
  asked = await polls.register(
    law(BY_TRUSTEES),
    ["1", "2", "3"].map((number) => ({ number, regionId: "all" })),
  );
  elected = await polls.register(race(BY_TRUSTEES), [
    { number: "1", regionId: "1" },
    { number: "2", regionId: "1" },
    { number: "3", regionId: "2" },
  ]);
  ours = cardOf(elected, "1");
  body = bodyOf(elected, ours, "1", ADA);
  honest = voteOf(elected, ours, "1", body);
});
afterAll(() => polls.close());

const Answer = z.object({ type: z.string(), errors: z.array(z.object({ field: z.string() })).optional() });

/** Posts what must be refused, and says why it was, with the fields at fault; nothing may have gone to the queue. */
async function refusalOf(election: SignedElection, vote: object): Promise<readonly [string, ...(readonly string[])]> {
  const before = polls.sent.length;
  const { status, answer } = await polls.post(election, vote);
  expect([status, polls.sent.length]).toEqual([400, before]);
  const { type, errors = [] } = Answer.parse(answer);
  // Neither key nor ballot is echoed.
  for (const value of Object.values(vote)) {
    if (String(value).length > 20) expect(JSON.stringify(answer)).not.toContain(String(value));
  }
  return [type.replace("/api/v1/docs#", ""), ...errors.map(({ field }) => field).sort()];
}

/** The honest ballot's bytes with some of its four parts replaced: A, B, T and z. */
function withParts(parts: Partial<Record<0 | 1 | 2 | 3, Uint8Array>>): Uint8Array {
  const changed = new Uint8Array(body);
  for (const [place, bytes] of Object.entries(parts)) changed.set(bytes, Number(place) * 32);
  return changed;
}
const partOf = (place: number): Uint8Array => body.subarray(place * 32, (place + 1) * 32);

/** A body, signed by whoever's card it is: only the ballot itself is at fault. */
const signed = (changed: Uint8Array, card = ours): SignedVote => voteOf(elected, card, "1", changed);

test("a ballot that is proved and signed is taken, told its tracking code, and signed for by a key that does nothing else", async () => {
  const { status, answer } = await polls.post(elected, honest);
  const trackingCode = ballotTrackingCode(ours.voterKey, body);
  expect(status).toBe(202);
  const Receipt = z.object({
    request_id: z.string(),
    status: z.literal("queued"),
    tracking_code: z.literal(trackingCode),
    accepted: z.object({ minute: z.literal(MINUTE), signature: z.string(), public_key: z.string() }),
  });
  const { accepted } = Receipt.parse(answer);
  const says = { electionId: "E1", trackingCode, minute: accepted.minute };
  const [key, signature] = [accepted.public_key, accepted.signature].map((text) => fromBase64Url(text));
  if (key === undefined || signature === undefined) throw new Error("not base64url");
  expect(isAcceptance(isSignedBy, key, says, signature)).toBe(true);
  for (const other of [{ electionId: "E2" }, { trackingCode: "A".repeat(20) }, { minute: "2026-11-03T14:01:00.000Z" }])
    expect(isAcceptance(isSignedBy, key, { ...says, ...other }, signature)).toBe(false);

  await polls.decide();
  const item = await polls.itemOf(ours);
  expect(item).toMatchObject({
    ...{ electionId: { S: "E1" }, regionId: { S: "1" }, trackingCode: { S: trackingCode } },
    ...{ oneTimeKey: { B: fromBase64Url(ours.voterKey) }, envelope: { B: body } },
    signature: { B: fromBase64Url(honest.signature) },
  });
});

test("a ballot is one item of one write unit, the longest identifiers included", async () => {
  const id = "E".repeat(40);
  const regions = [{ regionId: "R".repeat(40), name: { fr: "R", en: "R" } }];
  const candidates = [{ candidateId: "1", lastName: "Roy", regionIds: [regions[0]?.regionId] }];
  const long = await polls.register(race({ ...BY_TRUSTEES, electionId: id, regions, candidates }), [
    { number: "1", regionId: "R".repeat(40) },
  ]);
  const card = cardOf(long, "1");
  const vote = voteOf(long, card, "R".repeat(40), bodyOf(long, card, "R".repeat(40), ADA));
  expect((await polls.post(long, vote)).status).toBe(202);
  await polls.decide();
  const attributes = Object.entries((await polls.itemOf(card)) ?? {});
  expect(attributes).toHaveLength(9);
  // DynamoDB guide, "DynamoDB item sizes and formats".
  const size = attributes.reduce((sum, [name, { S = "", B }]) => sum + name.length + S.length + (B?.length ?? 0), 0);
  expect(size).toBeGreaterThan(300);
  expect(size).toBeLessThan(600);
});

test("the page is told what trustees agreed on, with its six words, and how long a ballot is", async () => {
  const find = async () => ({
    ...asked,
    publicKey: "",
    opening: undefined,
    rollCounts: new Map(),
    ceremonyWords: WORDS,
  });
  const none = async () => undefined;
  const handler = createElectionsHandler({
    elections: { find, list: async () => [] },
    ...{ openingOf: none, changesOf: none, biographiesOf: async () => "", now: () => 0 },
  });
  const event = { routeKey: "GET /api/v1/elections/{election_id}", headers: {}, pathParameters: { election_id: "L1" } };
  const { body: text } = await handler(event as unknown as HttpEvent, {} as Context);
  const told = PublicElection.parse(JSON.parse(text ?? ""));
  expect(told.ceremony).toEqual({ record: asked.ceremony, words: WORDS });
  expect(told.envelope_bytes).toBe(BODY_BYTES);
});

test("a law takes signed ballots too; it has no region", async () => {
  const card = cardOf(asked, "1");
  const vote = voteOf(asked, card, "all", bodyOf(asked, card, "all", OUI));
  expect(await refusalOf(asked, { ...vote, region_id: "all" })).toEqual(["invalid-request", "region_id"]);
  expect((await polls.post(asked, vote)).status).toBe(202);
});

test("no pepper and no key of ballots is read, and nothing is counted as a guess", async () => {
  expect([...polls.secretsRead].map((name) => name.split("/")[0]).sort()).not.toContain("pepper");
  expect(new Set([...polls.secretsRead].map((name) => name.split("/")[0]))).toEqual(
    new Set(["receipt-key", "stamp-key", "acknowledgement-key"]),
  );
  for (const vote of polls.sent) {
    expect(vote.guessedIdentity).toBeUndefined();
    expect(vote.guessingAddress).toBeUndefined();
  }
});

test("plain choices, envelopes and credentials are refused at this level, and signed ballots at the other", async () => {
  const credentials = { number: "1", code: "ABCDEFGHJKMNP" };
  const missing = ["ballot", "signature", "voter_key"];
  expect(await refusalOf(elected, { region_id: "1", candidate_id: "1", ...credentials })).toEqual([
    ...["invalid-request", "ballot", "candidate_id", "code", "number", "signature", "voter_key"],
  ]);
  const envelope = { envelope: "AAAA", one_time_key: "A".repeat(43), signature: "A".repeat(86) };
  expect(await refusalOf(elected, { region_id: "1", ...envelope })).toEqual([
    ...["invalid-request", "ballot", "envelope", "one_time_key", "voter_key"],
  ]);
  expect(await refusalOf(elected, { region_id: "1" })).toEqual(["invalid-request", ...missing]);
  expect(await refusalOf(elected, { ...honest, code: credentials.code })).toEqual(["invalid-request", "code"]);
  expect(await refusalOf(elected, { ...honest, candidate_id: "1" })).toEqual(["invalid-request", "candidate_id"]);

  const live = { definition: race({ electionId: "live" }), ceremony: elected.ceremony };
  await polls.register(live.definition, [{ number: "1", regionId: "1" }]);
  expect(await refusalOf(live, honest)).toEqual([...["invalid-request", "ballot", "code", "nas", "voter_key"]]);
});

test("a forged proof is refused: any byte of the ballot changed, another's response, or none", async () => {
  for (let place = 0; place < body.length; place += 13) {
    const changed = new Uint8Array(body);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(await refusalOf(elected, signed(changed))).toEqual(["unproved-ballot"]);
  }
  const zero = encodeScalar(0n);
  expect(await refusalOf(elected, signed(withParts({ 3: zero })))).toEqual(["unproved-ballot"]);
  expect(await refusalOf(elected, signed(withParts({ 2: encodePoint(base), 3: encodeScalar(1n) })))).toEqual([
    "unproved-ballot",
  ]);
});

test("another voter's signature is refused, and none, and one over another ballot", async () => {
  const other = cardOf(elected, "2");
  const bySomebody = signBallot(nodeCards, other, contextAt(elected, "1", other), body);
  expect(await refusalOf(elected, { ...honest, signature: toBase64Url(bySomebody) })).toEqual(["unsigned-ballot"]);
  expect(await refusalOf(elected, { ...honest, signature: toBase64Url(new Uint8Array(64)) })).toEqual([
    "unsigned-ballot",
  ]);
  const anew = bodyOf(elected, ours, "1", ADA);
  expect(await refusalOf(elected, { ...honest, ballot: toBase64Url(anew) })).toEqual(["unsigned-ballot"]);
});

test("a ballot copied under another voter's key is refused, though that voter signs it", async () => {
  expect(await refusalOf(elected, signed(body, cardOf(elected, "2")))).toEqual(["unproved-ballot"]);
});

test("a ballot sent for another region, election or question is refused, though its voter signs it there", async () => {
  const elsewhere = { ...voteOf(elected, ours, "2", body) };
  expect(await refusalOf(elected, elsewhere)).toEqual(["unproved-ballot"]);
  // The region alone, with the signature for where it was made.
  expect(await refusalOf(elected, { ...honest, region_id: "2" })).toEqual(["unproved-ballot"]);
  expect(await refusalOf(elected, { ...honest, region_id: "3" })).toEqual(["invalid-request", "region_id"]);
  const inAnother = await polls.register(race({ ...BY_TRUSTEES, electionId: "E2" }), [{ number: "1", regionId: "1" }]);
  expect(await refusalOf(inAnother, honest)).toEqual(["unproved-ballot"]);
  const otherQuestion = { ...elected.ceremony, ballotDigest: toBase64Url(new Uint8Array(32)) };
  const point = encodeSelection(elected.definition, "1", ADA);
  const asAsked = makeBallot(contextAt({ ...elected, ceremony: otherQuestion }, "1", ours), point, random(32));
  expect(await refusalOf(elected, signed(asAsked))).toEqual(["unproved-ballot"]);
});

test("a ballot encrypted anew is refused, for its own voter and for another", async () => {
  const s = randomScalar(random);
  const moved = (place: 0 | 1, by: Point): Uint8Array =>
    encodePoint(add(decodePoint(partOf(place)) ?? neutral, multiply(by, s)));
  const Y = decodePoint(fromBase64Url(elected.ceremony.publicKey) ?? new Uint8Array()) ?? neutral;
  const anew = { 0: moved(0, base), 1: moved(1, Y) };
  expect(await refusalOf(elected, signed(withParts(anew)))).toEqual(["unproved-ballot"]);
  // As if the response could be moved along.
  const z3 = encodeScalar(scalars.add(decodeScalar(partOf(3)) ?? 0n, s));
  for (const card of [ours, cardOf(elected, "2")])
    expect(await refusalOf(elected, signed(withParts({ ...anew, 3: z3 }), card))).toEqual(["unproved-ballot"]);
});

test("the neutral element is refused in each place, though the equation of the proof may hold", async () => {
  const none = encodePoint(neutral);
  for (const place of [0, 1, 2] as const)
    expect(await refusalOf(elected, signed(withParts({ [place]: none })))).toEqual(["unproved-ballot"]);
  // A = 0, T = zG: it holds for every challenge.
  const z = randomScalar(random);
  const parts = { 0: none, 2: encodePoint(multiply(base, z)), 3: encodeScalar(z) };
  expect(await refusalOf(elected, signed(withParts(parts)))).toEqual(["unproved-ballot"]);
});

test("encodings that are not the one form of what they say are refused", async () => {
  const minusOne = new Uint8Array(32).fill(0xff);
  minusOne[31] = 0x7f;
  minusOne[0] = 0xec;
  for (const place of [0, 1, 2] as const) {
    // No point; and the bytes of p - 1, which is negative.
    for (const bytes of [new Uint8Array(32).fill(0xff), minusOne])
      expect(await refusalOf(elected, signed(withParts({ [place]: bytes })))).toEqual(["unproved-ballot"]);
  }
  // The response plus the order is the same number, written otherwise.
  const response = decodeScalar(partOf(3)) ?? 0n;
  const beyond = Uint8Array.from({ length: 32 }, (_, at) => Number(((response + ORDER) >> BigInt(8 * at)) & 0xffn));
  expect(await refusalOf(elected, signed(withParts({ 3: beyond })))).toEqual(["unproved-ballot"]);
  // S plus the order of Ed25519's base point (RFC 8032, section 5.1.7).
  const signature = new Uint8Array(fromBase64Url(honest.signature) ?? []);
  let carry = 0n;
  for (let at = 0; at < 32; at++) {
    const sum = BigInt(signature[32 + at] ?? 0) + ((ORDER >> BigInt(8 * at)) & 0xffn) + carry;
    signature[32 + at] = Number(sum & 0xffn);
    carry = sum >> 8n;
  }
  expect(await refusalOf(elected, { ...honest, signature: toBase64Url(signature) })).toEqual(["unsigned-ballot"]);
  // base64url with bits that mean nothing, padding, other alphabets, and other lengths.
  const spelt = (text: string): readonly string[] => {
    const last = text.at(-1) ?? "A";
    const next = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const other = next[next.indexOf(last) ^ 1] ?? "A";
    return [text.slice(0, -1) + other, `${text.slice(0, -1)}+`, text.slice(0, -1), `${text}A`];
  };
  for (const field of ["voter_key", "ballot", "signature"] as const) {
    for (const text of spelt(honest[field]))
      expect(await refusalOf(elected, { ...honest, [field]: text })).toEqual(["invalid-request", field]);
  }
});

test("a key that is not on the roll, or is in another region, casts nothing", async () => {
  const stranger = cardOf(elected, "404");
  const moved = cardOf(elected, "3");
  for (const card of [stranger, moved]) {
    const vote = voteOf(elected, card, "1", bodyOf(elected, card, "1", ADA));
    expect((await polls.post(elected, vote)).status).toBe(202);
  }
  await polls.decide();
  for (const [card, outcome] of [
    [stranger, "unknown-credentials"],
    [moved, "wrong-region"],
  ] as const) {
    expect(await polls.itemOf(card)).toBeUndefined();
    expect((await polls.rejected(elected, card)).map((row) => row.outcome)).toEqual([outcome]);
  }
});

test("a voter's second ballot changes nothing, and the same one sent again is the first", async () => {
  const card = cardOf(elected, "2");
  const first = bodyOf(elected, card, "1", ADA);
  const second = bodyOf(elected, card, "1", { kind: "candidate", candidateId: "2" });
  for (const cast of [first, second, first]) expect((await polls.post(elected, signed(cast, card))).status).toBe(202);
  await polls.decide();
  expect((await polls.itemOf(card))?.envelope?.B).toEqual(first);
  const [row, ...others] = await polls.rejected(elected, card);
  expect(others).toEqual([]);
  expect(row?.outcome).toBe("duplicate");
  expect([...(row?.trackingCodes ?? [])]).toEqual([ballotTrackingCode(card.voterKey, second)]);
});

test("an acknowledgement key that is missing leaves nothing in the queue", async () => {
  const definition = law({ ...BY_TRUSTEES, electionId: "L9" });
  const election = await polls.register(definition, [{ number: "1", regionId: "all" }]);
  polls.lose("acknowledgement-key/L9");
  const card = cardOf(election, "1");
  const before = polls.sent.length;
  await expect(
    polls.post(election, voteOf(election, card, "all", bodyOf(election, card, "all", OUI))),
  ).rejects.toThrow();
  expect(polls.sent).toHaveLength(before);
});
