import { type EncodedPoint, readEncoded } from "#core/trustees/encoded-point.ts";
import { decodeScalar, encodeScalar, type Scalar } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/**
 * The bytes of a proof of shuffle (what they prove: shuffle.ts).
 *
 * First 160 bytes for each ballot, in order: the points c_i, ĉ_i and t̂_i, the scalars ŝ_i and s'_i. Then 288 for the batch: the points t_1, t_2,
 * t_3, t_A, t_B, and the scalars s_1, s_2, s_3, s_4. With the output's 64 these are 224 for each ballot. CHVote leaves out what begins with t,
 * which a verifier can compute, and has 192; but then each equation must be computed by itself, and none can be joined with others.
 *
 * Each point is the encoding of an element that is not neutral. Each scalar is below the group's order.
 */

/** What the prover says before the challenge. */
export type AnnouncedLine = Readonly<{
  /** c_i, of the input at this place. */
  commitment: EncodedPoint;
  /** ĉ_i. */
  link: EncodedPoint;
  /** t̂_i. */
  mask: EncodedPoint;
}>;
export type AnnouncedEnd = Readonly<{
  t1: EncodedPoint;
  t2: EncodedPoint;
  t3: EncodedPoint;
  tA: EncodedPoint;
  tB: EncodedPoint;
}>;
export type Announced = Readonly<{ lines: readonly AnnouncedLine[]; end: AnnouncedEnd }>;

/** What the prover answers: ŝ_i and s'_i. */
export type ResponseLine = Readonly<{ link: Scalar; weight: Scalar }>;
export type ResponseEnd = Readonly<{ s1: Scalar; s2: Scalar; s3: Scalar; s4: Scalar }>;
export type Responses = Readonly<{ lines: readonly ResponseLine[]; end: ResponseEnd }>;

export type ShuffleProof = Readonly<{ announced: Announced; responses: Responses }>;

/** Points and scalars alike. */
const FIELD_BYTES = 32;
const LINE_POINTS = 3;
const LINE_FIELDS = LINE_POINTS + 2;
const END_POINTS = 5;
const END_FIELDS = END_POINTS + 4;

export const shuffleProofBytes = (ballots: number): number => (ballots * LINE_FIELDS + END_FIELDS) * FIELD_BYTES;

export const linePoints = ({ commitment, link, mask }: AnnouncedLine): readonly Uint8Array[] => [
  commitment.bytes,
  link.bytes,
  mask.bytes,
];
export const endPoints = ({ t1, t2, t3, tA, tB }: AnnouncedEnd): readonly Uint8Array[] =>
  [t1, t2, t3, tA, tB].map(({ bytes }) => bytes);

/** Throws RangeError when there are not as many lines of responses as of announcements. */
export function writeShuffleProof({ announced, responses }: ShuffleProof): Uint8Array {
  const bytes = new Uint8Array(shuffleProofBytes(responses.lines.length));
  let at = 0;
  const put = (field: Uint8Array): void => {
    bytes.set(field, at);
    at += FIELD_BYTES;
  };
  announced.lines.forEach((line, place) => {
    const { link, weight } = itemAt(responses.lines, place);
    linePoints(line).forEach(put);
    [link, weight].map(encodeScalar).forEach(put);
  });
  const { s1, s2, s3, s4 } = responses.end;
  endPoints(announced.end).forEach(put);
  [s1, s2, s3, s4].map(encodeScalar).forEach(put);
  return bytes;
}

const fieldsAt = (bytes: Uint8Array, from: number, count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, place) =>
    bytes.subarray((from + place) * FIELD_BYTES, (from + place + 1) * FIELD_BYTES),
  );

type ReadLine = Readonly<{ announced: AnnouncedLine; responses: ResponseLine }>;

function readLine(bytes: Uint8Array, from: number): ReadLine | undefined {
  const [link, weight] = fieldsAt(bytes, from + LINE_POINTS, 2).map(decodeScalar);
  if (link === undefined || weight === undefined) return undefined;
  const [commitment, linked, mask] = fieldsAt(bytes, from, LINE_POINTS).map(readEncoded);
  if (commitment === undefined || linked === undefined || mask === undefined) return undefined;
  return { announced: { commitment, link: linked, mask }, responses: { link, weight } };
}

function readResponseEnd(bytes: Uint8Array, from: number): ResponseEnd | undefined {
  const [s1, s2, s3, s4] = fieldsAt(bytes, from, 4).map(decodeScalar);
  if (s1 === undefined || s2 === undefined || s3 === undefined || s4 === undefined) return undefined;
  return { s1, s2, s3, s4 };
}

function readAnnouncedEnd(bytes: Uint8Array, from: number): AnnouncedEnd | undefined {
  const [t1, t2, t3, tA, tB] = fieldsAt(bytes, from, END_POINTS).map(readEncoded);
  if (t1 === undefined || t2 === undefined || t3 === undefined) return undefined;
  if (tA === undefined || tB === undefined) return undefined;
  return { t1, t2, t3, tA, tB };
}

/** Reads the proof of a batch of so many ballots. Undefined for bytes that are none. */
export function readShuffleProof(bytes: Uint8Array, ballots: number): ShuffleProof | undefined {
  if (bytes.length !== shuffleProofBytes(ballots)) return undefined;
  const endAt = ballots * LINE_FIELDS;
  const end = readAnnouncedEnd(bytes, endAt);
  const responseEnd = readResponseEnd(bytes, endAt + END_POINTS);
  if (end === undefined || responseEnd === undefined) return undefined;
  const lines: ReadLine[] = [];
  for (let from = 0; from < endAt; from += LINE_FIELDS) {
    const line = readLine(bytes, from);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return {
    announced: { lines: lines.map(({ announced }) => announced), end },
    responses: { lines: lines.map(({ responses }) => responses), end: responseEnd },
  };
}
