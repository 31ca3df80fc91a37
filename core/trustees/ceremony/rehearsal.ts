import * as z from "zod/mini";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import { bytesIn, bytesText, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { areCombined } from "#core/trustees/combination.ts";
import { type EncryptedBallot, encryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { add, base, decodePoint, multiply, type Point, type RandomBytes, type Scalar } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { checkOpenings, openBatch, type SecretProduct } from "#core/trustees/opening.ts";
import { type OpeningContext, openingBytes } from "#core/trustees/opening-proof.ts";
import { challenge, generator, transcript, uint32 } from "#core/trustees/transcript.ts";

/**
 * The rehearsal: trustees open a trial box before the polls do, and so prove that enough of them still have their keys.
 *
 * The box follows from the ceremony: A_i = r_i·G, B_i = r_i·Y + M_i, where r_i and M_i are hashed of its digest and i. Nobody can put a voter's
 * ballot among them, and everybody knows what they must say.
 */

const TRIAL_BALLOTS = 4;
/** The region of trial ballots: no region's id has a space. */
const TRIAL_REGION = "trial box";

export const TrialOpening = z.strictObject({
  format: z.literal("scrutin-trial-opening-1"),
  /** See ceremonyDigest. */
  ceremony: bytesText(32),
  trustee: z.int().check(z.minimum(1)),
  opening: bytesText(openingBytes(TRIAL_BALLOTS)),
  signature: bytesText(SIGNATURE_BYTES),
});
export type TrialOpening = Readonly<z.infer<typeof TrialOpening>>;

/** The proof that it was rehearsed: `rehearsal.json`. */
export const RehearsalFile = z.strictObject({
  format: z.literal("scrutin-rehearsal-1"),
  openings: z.array(TrialOpening),
});
export type RehearsalFile = Readonly<z.infer<typeof RehearsalFile>>;

export const rehearsalFile = (openings: ReadonlyMap<number, TrialOpening>): RehearsalFile => ({
  format: "scrutin-rehearsal-1",
  openings: [...openings.values()],
});

/** Whether a file proves that a ceremony was rehearsed: as many good openings as the threshold, and none that is bad or there twice. */
export function isRehearsed(
  verify: Verifier,
  ceremony: Ceremony,
  { openings }: RehearsalFile,
  random: RandomBytes,
): boolean {
  const byNumber = new Map(openings.map((opening) => [opening.trustee, opening]));
  const { bad, isDone } = rehearsalOf(verify, ceremony, byNumber, random);
  return isDone && bad.length === 0 && byNumber.size === openings.length;
}

type TrialBox = Readonly<{ ballots: readonly EncryptedBallot[]; elements: readonly Point[] }>;

function trialBox(ceremony: Ceremony): TrialBox {
  const digest = ceremonyDigest(recordIn(ceremony));
  const Y = decodePoint(bytesIn(ceremony.publicKey));
  if (Y === undefined) throw new RangeError("the trustees' public key is no element of the group");
  const places = Array.from({ length: TRIAL_BALLOTS }, (_, place) => uint32(place));
  const elements = places.map((place) => generator("scrutin/v2/rehearsal-selection", digest, place));
  const ballots = elements.map((M, place) => {
    const r = challenge("scrutin/v2/rehearsal-factor", digest, uint32(place));
    return encryptedBallot({ A: multiply(base, r), B: add(multiply(Y, r), M) });
  });
  return { ballots, elements };
}

function contextOf(ceremony: Ceremony, number: number): OpeningContext {
  const { name, verifyingKey } = itemAt(ceremony.trustees, number - 1);
  return {
    ceremony: ceremonyDigest(recordIn(ceremony)),
    publicKey: bytesIn(ceremony.publicKey),
    electionId: ceremony.electionId,
    regionId: TRIAL_REGION,
    batch: 0,
    trustee: number,
    name,
    verifyingKey: bytesIn(verifyingKey),
  };
}

const signedBytes = (unsigned: object): Uint8Array =>
  transcript("scrutin/v2/rehearsal-signature", canonicalJson(unsigned));

/** Opens the trial box. Throws RangeError when the share is not the verifying key's. */
export function openTrialBox(
  ceremony: Ceremony,
  number: number,
  share: Scalar,
  sign: (bytes: Uint8Array) => Uint8Array,
  random: RandomBytes,
  productOf?: SecretProduct,
): TrialOpening {
  const context = contextOf(ceremony, number);
  const fields = {
    format: "scrutin-trial-opening-1",
    ceremony: toBase64Url(context.ceremony),
    trustee: number,
    opening: toBase64Url(openBatch(context, trialBox(ceremony).ballots, share, random, productOf)),
  } as const;
  return { ...fields, signature: toBase64Url(sign(signedBytes(fields))) };
}

export type Rehearsal = Readonly<{
  /** Numbers of trustees who opened it well. */
  opened: readonly number[];
  /** Of those whose openings are false, unsigned or of another ceremony. */
  bad: readonly number[];
  /** Whether as many as the threshold opened it, and it said what it must. */
  isDone: boolean;
}>;

/** Whether this trustee signed this opening, for this ceremony. */
export function isOwnTrial(
  verify: Verifier,
  ceremony: Ceremony,
  number: number,
  { signature, ...fields }: TrialOpening,
): boolean {
  const trustee = ceremony.trustees[number - 1];
  return (
    trustee !== undefined &&
    fields.trustee === number &&
    fields.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony))) &&
    verify(bytesIn(trustee.signingKey), signedBytes(fields), bytesIn(signature))
  );
}

/** How far a rehearsal is, by what trustees handed in: each at the place of its number. */
export function rehearsalOf(
  verify: Verifier,
  ceremony: Ceremony,
  handedIn: ReadonlyMap<number, TrialOpening>,
  random: RandomBytes,
): Rehearsal {
  const { ballots, elements } = trialBox(ceremony);
  const own = [...handedIn].filter(([number, opening]) => isOwnTrial(verify, ceremony, number, opening));
  const checked = checkOpenings(
    ballots,
    own.map(([number, { opening }]) => ({ context: contextOf(ceremony, number), bytes: bytesIn(opening) })),
    random,
  );
  const good = checked.filter((one) => one !== undefined);
  const opened = good.map(({ trustee }) => trustee);
  return {
    opened,
    bad: [...handedIn.keys()].filter((number) => !opened.includes(number)),
    isDone: areCombined(ballots, good, ceremony.threshold, elements, random),
  };
}
