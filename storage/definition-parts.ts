import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { type ElectionDefinition, IDENTIFIER_FORM } from "#core/election.ts";

/**
 * A long text as the elections table holds it: compressed, in items of their own beside the election's. Their keys hold the text's
 * hash, so that they never change; the election names them in place of the text, and changes from one text to another in one
 * write. Definitions are kept so where they do not fit an item; opening statements and their changes always, byte for byte.
 */

/** An item has at most 400 kB (DynamoDB guide, "Quotas"); the election's also holds its state changes and its roll by region. */
const MOST_ITEM_TEXT_BYTES = 200_000;
export const PART_BYTES = 350_000;

/** The opening statement holds all of it, and an answer has at most 6 MB (Lambda guide, "Quotas"). */
export const MOST_DEFINITION_BYTES = 5_500_000;

const MARKER = /^parts:([0-9a-f]{64}):(\d{1,3})$/;

/** A definition as stored: without its editor's `$schema`. */
export function definitionText(definition: ElectionDefinition): string {
  const { $schema: _, ...rest } = definition;
  return JSON.stringify(rest);
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

const partKey = (electionId: string, hash: string, index: number): string => `${electionId}#${hash}#${index}`;

/** Whether a key of the table is a part's rather than an election's, whose id has no `#`. */
export const isPartKey = (key: string): boolean => key.includes("#");

/** Whether an election may have this id. Anything may be asked for: a part's key is none, and DynamoDB refuses long keys. */
export const canNameElection = (id: string): boolean => IDENTIFIER_FORM.test(id);

export type StoredText = Readonly<{
  /** The text, or what names its parts. */
  attribute: string;
  /** By key, to be stored before the attribute is; none where the attribute is the text. */
  parts: ReadonlyMap<string, Uint8Array>;
}>;

/** A definition's text as stored. */
export function storedText(electionId: string, text: string): StoredText {
  if (Buffer.byteLength(text) <= MOST_ITEM_TEXT_BYTES) return { attribute: text, parts: new Map() };
  return inParts(electionId, text);
}

/** A text as stored in parts, however short. */
export function inParts(electionId: string, text: string): StoredText {
  const bytes = Buffer.from(text);
  const hash = sha256Hex(bytes);
  const packed = gzipSync(bytes);
  const count = Math.ceil(packed.length / PART_BYTES);
  const parts = Array.from({ length: count }, (_, index) => {
    const part = packed.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    return [partKey(electionId, hash, index), new Uint8Array(part)] as const;
  });
  return { attribute: `parts:${hash}:${count}`, parts: new Map(parts) };
}

/** The SHA-256 of the text whose parts an attribute names, in hexadecimal. Throws Error when it names none. */
export function sha256In(attribute: string): string {
  const [, hash] = MARKER.exec(attribute) ?? [];
  if (hash === undefined) throw new Error("an election names no parts of its opening statement");
  return hash;
}

/** The keys of the parts that a stored attribute names, in order; none where it is the text. */
export function partKeys(electionId: string, attribute: string): readonly string[] {
  const [, hash = "", count = "0"] = MARKER.exec(attribute) ?? [];
  return Array.from({ length: Number(count) }, (_, index) => partKey(electionId, hash, index));
}

/**
 * The text that a stored attribute stands for.
 * @param parts in the order of `partKeys`
 * @throws Error when a part is missing, or the text is not what was stored
 */
export function readText(electionId: string, attribute: string, parts: readonly (Uint8Array | undefined)[]): string {
  if (parts.length === 0) return attribute;
  const present = parts.filter((part) => part !== undefined);
  if (present.length < parts.length) throw new Error(`a part of a text of election ${electionId} is missing`);
  const bytes = gunzipSync(Buffer.concat(present));
  if (sha256Hex(bytes) !== sha256In(attribute))
    throw new Error(`a text of election ${electionId} is not what was stored`);
  return bytes.toString("utf8");
}
