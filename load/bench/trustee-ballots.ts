import { createHash, randomBytes } from "node:crypto";
import type { OnProgress } from "#admin/shared/progress.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { secretProduct } from "#admin/trustees/secret-product.ts";
import { toBase64Url } from "#core/bytes.ts";
import { type BallotContext, checkBallot, checkBallots, makeBallot } from "#core/trustees/ballot.ts";
import { MOST_IN_BATCH } from "#core/trustees/batches.ts";
import { type CardKey, cardKey, isCast, signBallot } from "#core/trustees/card-key.ts";
import { combineOpenings } from "#core/trustees/combination.ts";
import { type BatchContext, ENCRYPTED_BYTES, type EncryptedBallot, readBatch } from "#core/trustees/encrypted-batch.ts";
import { base, encodePoint, encodeScalar, multiply, randomScalar, type Scalar, scalars } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { nobleCards } from "#core/trustees/noble-cards.ts";
import { checkOpenings, openBatch } from "#core/trustees/opening.ts";
import type { OpeningContext } from "#core/trustees/opening-proof.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { isMixed, mix } from "#core/trustees/shuffle.ts";
import type { MixContext } from "#core/trustees/shuffle-challenges.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { type Figure, figure, shortNumber } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";
import { questionOf } from "#load/trustees/day/questions.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { isSignedBy } from "#storage/ed25519.ts";

/**
 * What a ballot of which trustees hold the key costs at each stage, in milliseconds of one core: by the parts of core that browser, function
 * and commands run, in this process and in one thread. Files, signatures of whole files and the roll are left out: they cost little beside these.
 */

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const HOURS = { opensAt: "2026-03-01T13:00:00Z", closesAt: "2026-03-02T01:00:00Z" };
const THRESHOLD = 3;
const MIXES = 3;
/** scrypt takes most of it, and is the same each time. */
const MOST_BROWSERS = 200;
/** In a file box.jsonl is judged by so many at once. */
const JUDGED_AT_ONCE = 1_000;

/** Milliseconds of one core for each of so many. */
function timed<T>(count: number, work: () => T): Readonly<{ ms: number; made: T }> {
  const before = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000 / count, made };
}

/** Shares of a key as a ceremony deals them: a polynomial of degree 2 in the exponent's field. */
function deal(): Readonly<{ publicKey: Uint8Array; shares: readonly Scalar[] }> {
  const coefficients = Array.from({ length: THRESHOLD }, () => randomScalar(random));
  const shares = Array.from({ length: THRESHOLD }, (_, place) => {
    const x = BigInt(place + 1);
    return coefficients.reduceRight((sum, coefficient) => scalars.add(scalars.multiply(sum, x), coefficient));
  });
  return { publicKey: encodePoint(multiply(base, itemAt(coefficients, 0))), shares };
}

type Voter = Readonly<{ context: BallotContext; key: CardKey; body: Uint8Array; signature: Uint8Array }>;

type TrusteeStages = Readonly<{
  ballots: number;
  browser: number;
  submit: number;
  box: number;
  mix: number;
  verifyMix: number;
  open: number;
  combine: number;
  audit: number;
}>;

const DEFINITION = questionOf("law", HOURS);

function vote(publicKey: Uint8Array, place: number, engine = nodeCards): Voter {
  const { electionId } = DEFINITION;
  const key =
    engine === nodeCards
      ? seededKey(place)
      : cardKey(engine, { electionId, number: String(100_000_000 + place), code: "ABCDEFGHJKMN" });
  const ballotDigest = new Uint8Array(createHash("sha256").update(electionId).digest());
  const context = { publicKey, ballotDigest, electionId, regionId: WHOLE_COUNTRY, voterKey: key.voterKey };
  const selection = { kind: "choice", choice: place % 2 === 0 ? "oui" : "non" } as const;
  const body = makeBallot(context, encodeSelection(DEFINITION, WHOLE_COUNTRY, selection), random(32));
  return { context, key, body, signature: signBallot(engine, key, context, body) };
}

/** Voters whose keys nobody times. */
function seededKey(place: number): CardKey {
  const seed = new Uint8Array(createHash("sha256").update(`voter ${place}`).digest());
  return { seed, voterKey: toBase64Url(nodeCards.publicKey(seed)) };
}

const inParts = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

function encrypted(bodies: readonly Uint8Array[]): readonly EncryptedBallot[] {
  const ballots = readBatch(new Uint8Array(Buffer.concat(bodies.map((body) => body.subarray(0, ENCRYPTED_BYTES)))));
  if (ballots === undefined) throw new Error("ballots that were just made have points");
  return ballots;
}

/** Of no ceremony: a proof hashes the same bytes, whatever they are. */
type At = Readonly<{ publicKey: Uint8Array; batch: number }>;

const batchContext = ({ publicKey, batch }: At): BatchContext => ({
  ...{ ceremony: new Uint8Array(32), publicKey, electionId: DEFINITION.electionId, regionId: WHOLE_COUNTRY, batch },
});

type Opened = Readonly<{ open: number; checkOpening: number; combine: number }>;

async function measureOpening(
  ballots: readonly EncryptedBallot[],
  shares: readonly Scalar[],
  batch: BatchContext,
): Promise<Opened> {
  const of = (place: number): OpeningContext => ({
    ...{ ...batch, trustee: place + 1, name: `Trustee ${place + 1}` },
    verifyingKey: encodePoint(multiply(base, itemAt(shares, place))),
  });
  const products = await Promise.all(shares.map((share) => secretProduct(encodeScalar(share))));
  const opening = timed(ballots.length * THRESHOLD, () =>
    shares.map((share, place) => openBatch(of(place), ballots, share, random, itemAt(products, place))),
  );
  const checking = timed(ballots.length * THRESHOLD, () =>
    checkOpenings(
      ballots,
      opening.made.map((bytes, place) => ({ context: of(place), bytes })),
      random,
    ),
  );
  const good = checking.made.filter((one) => one !== undefined);
  const combining = timed(ballots.length, () => combineOpenings(ballots, good, THRESHOLD));
  if (good.length < THRESHOLD || combining.made === undefined) throw new Error("honest openings combine");
  return { open: opening.ms, checkOpening: checking.ms, combine: combining.ms };
}

/** Votes, mixes once and opens with three, in batches as an election of one region has them. Throws when anything honest fails. */
export async function measureStages(count: number, onProgress: OnProgress): Promise<TrusteeStages> {
  const { publicKey, shares } = deal();
  const browsers = Math.min(count, MOST_BROWSERS);
  vote(publicKey, 0, nobleCards);
  const browser = timed(browsers, () => {
    for (let place = 0; place < browsers; place++) vote(publicKey, place, nobleCards);
  });
  const voters = Array.from({ length: count }, (_, place) => {
    if (place % 100 === 0) onProgress({ step: "voting", done: place, total: count });
    return vote(publicKey, place);
  });
  const submit = timed(count, () => {
    for (const { context, body, signature } of voters) {
      if (checkBallot(context, body) === undefined || !isCast(isSignedBy, context, body, signature)) {
        throw new Error("an honest ballot is taken");
      }
    }
  });
  const box = timed(count, () => {
    for (const part of inParts(voters, JUDGED_AT_ONCE)) {
      const proved = checkBallots(part, random);
      const isTrue = part.every(({ context, body, signature }) => isCast(isSignedBy, context, body, signature));
      if (!isTrue || proved.includes(undefined)) throw new Error("an honest ballot is in the box");
    }
  });
  const batches = inParts(voters, Math.ceil(count / Math.ceil(count / MOST_IN_BATCH)));
  const sums = { mix: 0, verifyMix: 0, open: 0, checkOpening: 0, combine: 0 };
  for (const [batch, part] of batches.entries()) {
    onProgress({ step: "mixing", done: batch * part.length, total: count });
    const at = batchContext({ publicKey, batch });
    const ballots = encrypted(part.map(({ body }) => body));
    const context: MixContext = { ...at, mix: 0, mixer: "Trustee 1" };
    const mixing = timed(1, () => mix(context, ballots, random));
    const { outputs, proof } = mixing.made;
    const verifying = timed(1, () => isMixed({ context, inputs: ballots, outputs }, proof, random));
    if (!verifying.made) throw new Error("an honest mix is verified");
    sums.mix += mixing.ms;
    sums.verifyMix += verifying.ms;
    const { open, checkOpening, combine } = await measureOpening(outputs, shares, at);
    sums.open += open * part.length;
    sums.checkOpening += checkOpening * part.length;
    sums.combine += combine * part.length;
  }
  const per = (sum: number): number => sum / count;
  const verifyMix = per(sums.verifyMix);
  return {
    ...{ ballots: count, browser: browser.ms, submit: submit.ms, box: box.ms, verifyMix, mix: per(sums.mix) },
    ...{ open: per(sums.open), combine: per(sums.combine) },
    audit: box.ms + MIXES * verifyMix + THRESHOLD * per(sums.checkOpening) + per(sums.combine),
  };
}

const NATION = 8_000_000;
const MS_PER_HOUR = 3_600_000;

/** A row for each stage. */
export function stageFigures(stages: TrusteeStages): readonly Figure[] {
  const of = (name: string, ms: number, note: string): Figure =>
    figure(`trustees, a ballot: ${name}`, ms, "ms of one core", undefined, note);
  return [
    of(
      "browser",
      stages.browser,
      "Node in its place, with the browser's own libraries: key of the card, ballot, signature",
    ),
    of("submit", stages.submit, "proof and signature, one by one"),
    of("box", stages.box, "the same, proofs a thousand at a time"),
    of("mix", stages.mix, "one mix with its proof"),
    of("verify a mix", stages.verifyMix, ""),
    of("open", stages.open, "one trustee, by libsodium"),
    of("combine", stages.combine, "three openings"),
    of(
      "whole audit",
      stages.audit,
      "box, three mixes and three openings verified, and combined: the sum of what was measured",
    ),
  ];
}

/**
 * From measured sizes, how many hours of one core eight million take: the time of a ballot grows with the logarithm of their number, as it does
 * between the two largest sizes. Batches have at most 16,384 ballots, so this is more rather than less.
 */
function nationHours(stages: readonly TrusteeStages[], of: (one: TrusteeStages) => number): number {
  const [before, last] = [stages.at(-2), stages.at(-1)];
  if (before === undefined || last === undefined) throw new RangeError("growth is between two sizes");
  const slope = Math.max(0, (of(last) - of(before)) / Math.log10(last.ballots / before.ballots));
  return ((of(last) + slope * Math.log10(NATION / last.ballots)) * NATION) / MS_PER_HOUR;
}

/** @param stages in the order of their sizes */
export function growthTable(stages: readonly TrusteeStages[]): string {
  const rows = stages.map(({ ballots, mix, verifyMix, open, audit }) => [
    grouped(ballots),
    ...[mix, verifyMix, open, audit].map((ms) => `${shortNumber(ms)} ms`),
  ]);
  const hours = [
    ({ mix }: TrusteeStages) => mix,
    ({ verifyMix }: TrusteeStages) => verifyMix,
    ({ open }: TrusteeStages) => open,
    ({ audit }: TrusteeStages) => audit,
  ].map((of) => `${shortNumber(nationHours(stages, of))} h`);
  const header = ["ballots", "mix", "verify a mix", "open", "whole audit"];
  const reckoned = [`${grouped(NATION)}, all of them, reckoned`, ...hours];
  return layOut([header, ...rows, reckoned], [{}, ...hours.map(() => ({ align: "right" }) as const)]);
}
