import { createHash } from "node:crypto";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { ElectionDefinition } from "#core/election.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { rollLine } from "#core/opening.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import { checkBallot, contextParts, makeBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { batchSizes } from "#core/trustees/batches.ts";
import { ballotTrackingCode, cardKey, signBallot } from "#core/trustees/card-key.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import { combineOpenings, lagrangeAtZero } from "#core/trustees/combination.ts";
import { encryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { chainGenerator, permutationGenerators } from "#core/trustees/generators.ts";
import { base, encodePoint, encodeScalar, multiply, type Scalar } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { checkOpenings, openBatch } from "#core/trustees/opening.ts";
import { type OpeningContext, openingHashes, readOpening } from "#core/trustees/opening-proof.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { isMixed, mix } from "#core/trustees/shuffle.ts";
import { hashedStatement, mixChallenge, mixWeights } from "#core/trustees/shuffle-challenges.ts";
import { readShuffleProof } from "#core/trustees/shuffle-proof.ts";
import { challenge, shortChallenge, transcript } from "#core/trustees/transcript.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { seeded } from "#test/core/trustees/seeded.ts";

/** The vectors of docs/protocol.md, as the code computes them. `npm run vectors` prints them. */

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const scalar = (value: Scalar): string => hex(encodeScalar(value));
const bytesFrom = (first: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, place) => first + place);
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

const SECRET: Scalar = 5n;
const PUBLIC_KEY = encodePoint(multiply(base, SECRET));

const DEFINITION = ElectionDefinition.parse({
  electionId: "E1",
  votingMethod: "ranked_choice",
  title: { fr: "Élection", en: "Election" },
  credentialFields: [
    { name: "number", label: { fr: "Numéro", en: "Number" }, pattern: "[0-9]{9}" },
    { name: "code", label: { fr: "Code", en: "Code" }, pattern: "[A-Z0-9]{13}" },
  ],
  regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
  candidates: ["1", "2", "3"].map((id) => ({ candidateId: id, lastName: `Roy ${id}`, regionIds: ["1"] })),
  maxRankings: 3,
  opensAt: "2025-01-01T00:00:00Z",
  closesAt: "2025-01-02T00:00:00Z",
});

function hashing() {
  const parts = ["a", ["b", bytesFrom(1, 3)]] as const;
  return {
    transcript: hex(transcript("scrutin/v2/example", ...parts)),
    challenge: scalar(challenge("scrutin/v2/example", ...parts)),
    shortChallenge: scalar(shortChallenge("scrutin/v2/example", ...parts)),
    canonicalJson: canonicalJson({ b: [1, "é\n"], a: { Z: true, z: null }, left: undefined }),
    H: hex(encodePoint(chainGenerator())),
    h1: hex(encodePoint(itemAt(permutationGenerators(1), 0))),
    lambdaOf1And3: lagrangeAtZero([1, 3]).map(scalar),
    words: wordsOf("ceremony", bytesFrom(0, 32)),
  };
}

const CARD = { electionId: "E1", number: "123456789", code: "ABCDEFGHJKMNP" } as const;

function ballot() {
  const key = cardKey(nodeCards, CARD);
  const context = {
    publicKey: PUBLIC_KEY,
    ballotDigest: ballotDigest(DEFINITION),
    electionId: "E1",
    regionId: "1",
    voterKey: key.voterKey,
  };
  const M = encodeSelection(DEFINITION, "1", { kind: "ranking", candidateIds: ["3", "1", "2"] });
  const body = makeBallot(context, M, bytesFrom(32, 32));
  if (checkBallot(context, body) === undefined) throw new Error("the ballot of the vectors is not proved");
  const field = (place: number): Uint8Array => body.subarray(place * 32, (place + 1) * 32);
  return {
    question: askedDefinition(DEFINITION),
    ballotDigest: hex(context.ballotDigest),
    publicKey: hex(PUBLIC_KEY),
    cardSeed: hex(key.seed),
    voterKey: key.voterKey,
    M: hex(encodePoint(M)),
    blank: hex(encodePoint(encodeSelection({ ...DEFINITION, allowBlank: true }, "1", { kind: "blank" }))),
    body: hex(body),
    c: scalar(shortChallenge("scrutin/v2/ballot", ...contextParts(context), field(0), field(1), field(2))),
    signature: hex(signBallot(nodeCards, key, context, body)),
    trackingCode: ballotTrackingCode(key.voterKey, body),
  };
}

function rollRoot() {
  const tree = merkleTree(sha256);
  const leaves = [1, 2, 3].map((first) => rollLine({ hash: toBase64Url(bytesFrom(first, 32)), regionId: "1" })).sort();
  for (const leaf of leaves) tree.add(Buffer.from(leaf));
  return { leaves, rollRoot: hex(tree.root()) };
}

const BATCH = { ceremony: bytesFrom(0, 32), publicKey: PUBLIC_KEY, electionId: "E1", regionId: "1", batch: 0 } as const;

/** Two ballots: r is 6 and 7, M is G and 2G. */
const inputs = [6n, 7n].map((r, place) =>
  encryptedBallot({
    A: multiply(base, r),
    B: multiply(base, r * SECRET + BigInt(place + 1)),
  }),
);

function mixed() {
  const context = { ...BATCH, mix: 0, mixer: "Court of audit" };
  const { outputs, proof } = mix(context, inputs, seeded("protocol"));
  const statement = { context, inputs, outputs };
  const read = readShuffleProof(proof, inputs.length);
  if (read === undefined || !isMixed(statement, proof, seeded("weights"))) throw new Error("the mix is not proved");
  const hashed = hashedStatement(
    statement,
    read.announced.lines.map(({ commitment }) => commitment.bytes),
  );
  return {
    inputs: inputs.map(({ bytes }) => hex(bytes)),
    outputs: outputs.map(({ bytes }) => hex(bytes)),
    proof: hex(proof),
    statement: hex(hashed),
    u: mixWeights(hashed, inputs.length).map(scalar),
    e: scalar(mixChallenge(hashed, read.announced)),
  };
}

function opened() {
  const context: OpeningContext = { ...BATCH, trustee: 1, name: "Court of audit", verifyingKey: PUBLIC_KEY };
  const bytes = openBatch(context, inputs, SECRET, seeded("opening"));
  const read = readOpening(bytes, inputs.length);
  const [good] = checkOpenings(inputs, [{ context, bytes }], seeded("weights"));
  const elements = good && combineOpenings(inputs, [good], 1);
  if (read === undefined || elements === undefined) throw new Error("the opening is not proved");
  const hashes = openingHashes(context, inputs, read.products);
  return {
    opening: hex(bytes),
    d: hashes.weights.map(scalar),
    o: scalar(hashes.challenge(read.proof.t2.bytes, read.proof.t3.bytes)),
    elements: elements.map((M) => hex(encodePoint(M))),
  };
}

/** Points, scalars and digests in hexadecimal. */
export const vectors = () => ({
  hashing: hashing(),
  ballot: ballot(),
  roll: rollRoot(),
  batches: { "1": batchSizes(1), "16384": batchSizes(16_384), "40000": batchSizes(40_000) },
  mix: mixed(),
  opening: opened(),
});
