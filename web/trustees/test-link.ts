import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { type ElectionDefinition, ElectionShape } from "#core/election.ts";
import { readSelection, type Selection, writeSelection } from "#core/selection.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import type { BallotContext } from "#core/trustees/ballot.ts";

/**
 * A tested ballot's link: all that the ballot follows from, in the fragment, which browsers send to no server.
 *
 * `#T`, then in base64url: whether what follows the keys is compressed (1 byte), seed, voter key, public key (32 bytes each), and a list in
 * JSON of election, region, selection and, where it is short, the question that was answered. The ballot digest is none of it: whoever
 * tests makes it of the question. A link may lie in each part: then it gives another ballot, whose tracking code is not the one shown.
 */

export type OpenedBallot = Omit<BallotContext, "ballotDigest"> & Readonly<{ seed: Uint8Array; selection: Selection }>;

/** What a link says. Its definition is undefined where it was too long for a QR code. */
export type ReadTestLink = Readonly<{
  electionId: string;
  regionId: string;
  voterKey: string;
  publicKey: Uint8Array;
  seed: Uint8Array;
  definition: ElectionDefinition | undefined;
  /** For the definition with which the ballot is made again. */
  selectionIn: (definition: ElectionDefinition) => Selection;
}>;

const MARK = "#T";
const KEY_BYTES = 32;
const COMPRESSED = 1;
/** A QR code of some 140 squares a side, which a phone shows and another reads. */
const MOST_CHARACTERS = 1_500;
/** A question in a link unfolds to no more than this. */
const MOST_TEXT_BYTES = 1_000_000;
/** Times are no part of the question, and a definition has some. */
const TIMES = { opensAt: "2000-01-01T00:00:00Z", closesAt: "2000-01-02T00:00:00Z" };

async function passedThrough(bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(through) as ReadableStream<Uint8Array>;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { value } = await reader.read();
    if (value === undefined) break;
    length += value.length;
    if (length > MOST_TEXT_BYTES) throw new RangeError("a link is no longer than this");
    pieces.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function fragmentOf(keys: readonly Uint8Array[], list: readonly unknown[]): Promise<string> {
  const text = new TextEncoder().encode(canonicalJson(list));
  const isCompressed = "CompressionStream" in globalThis;
  const packed = isCompressed ? await passedThrough(text, new CompressionStream("deflate-raw")) : text;
  return MARK + toBase64Url(joined([Uint8Array.of(isCompressed ? COMPRESSED : 0), ...keys, packed]));
}

/** The fragment of a link to the page that tests devices; readTestLink reads it back. */
export async function writeTestLink(ballot: OpenedBallot, definition: ElectionDefinition): Promise<string> {
  const { electionId, regionId, voterKey, publicKey, seed, selection } = ballot;
  const keys = [seed, fromBase64Url(voterKey) ?? new Uint8Array(KEY_BYTES), publicKey];
  const list = [electionId, regionId, writeSelection(selection)];
  const whole = await fragmentOf(keys, [...list, JSON.parse(askedDefinition(definition))]);
  return whole.length <= MOST_CHARACTERS ? whole : fragmentOf(keys, list);
}

/** The question in what somebody gives as one: as it was asked, or a whole definition. Undefined for anything else. */
export function readQuestion(given: unknown): ElectionDefinition | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const read = ElectionShape.safeParse({ ...TIMES, ...given });
  return read.success ? read.data : undefined;
}

async function listIn(isCompressed: boolean, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const text = isCompressed ? await passedThrough(bytes, new DecompressionStream("deflate-raw")) : bytes;
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
}

const isText = (value: unknown): value is string => typeof value === "string";

/** Reads a whole link or its fragment. Undefined for anything else. */
export async function readTestLink(text: string): Promise<ReadTestLink | undefined> {
  const at = text.indexOf(MARK);
  const bytes = at < 0 ? undefined : fromBase64Url(text.slice(at + MARK.length).trim());
  if (bytes === undefined || bytes.length < 1 + 3 * KEY_BYTES) return undefined;
  const key = (place: number): Uint8Array => bytes.slice(1 + place * KEY_BYTES, 1 + (place + 1) * KEY_BYTES);
  try {
    const list = await listIn(bytes[0] === COMPRESSED, bytes.slice(1 + 3 * KEY_BYTES));
    if (!Array.isArray(list)) return undefined;
    const [electionId, regionId, selection, question] = list as readonly unknown[];
    if (!isText(electionId) || !isText(regionId) || !isText(selection)) return undefined;
    const definition = question === undefined ? undefined : readQuestion(question);
    if (question !== undefined && definition === undefined) return undefined;
    return {
      ...{ electionId, regionId, definition, seed: key(0), voterKey: toBase64Url(key(1)), publicKey: key(2) },
      selectionIn: (read) => readSelection(read, selection),
    };
  } catch {
    return undefined;
  }
}
