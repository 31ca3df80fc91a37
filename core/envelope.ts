import { toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition, StatedElection } from "#core/election.ts";
import { longestSelectionBytes, type Selection, writeSelection } from "#core/selection.ts";

/**
 * The inner envelope: a selection sealed to the election's public key by HPKE (RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256),
 * HKDF-SHA256, AES-256-GCM). Its bytes are the 32-byte encapsulated key followed by the ciphertext. Sealer and opener are
 * arguments because browser and Lambda run the same suite on different engines.
 */

export type Sealed = Readonly<{ encapsulatedKey: Uint8Array; ciphertext: Uint8Array }>;
/** Seals a plaintext to one public key, bound to this info; the bytes differ on every call. */
export type Sealer = (plaintext: Uint8Array, info: string) => Promise<Sealed>;
/** Opens what was sealed under this info to the opener's own key; undefined when it does not open. */
export type Opener = (sealed: Sealed, info: string) => Promise<Uint8Array | undefined>;

const ENCAPSULATED_KEY_BYTES = 32;
const AUTHENTICATION_TAG_BYTES = 16;
const LENGTH_PREFIX_BYTES = 2;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What in an election an envelope is bound to: sealed for another region or one-time key, or another opening, it does not open. */
export type EnvelopeBinding = Readonly<{
  regionId: string;
  /** Ed25519, 32 bytes; its private part signs who casts the envelope (see core/cast-statement.ts). */
  oneTimeKey: Uint8Array;
}>;

/** An envelope, and the public part of the one-time key that it is bound to. */
export type KeyedEnvelope = Readonly<{ oneTimeKey: Uint8Array; envelope: Uint8Array }>;

function envelopeInfo({ definition, opening }: StatedElection, { regionId, oneTimeKey }: EnvelopeBinding): string {
  return `scrutin/v3/ballot|${definition.electionId}|${opening}|${regionId}|${toBase64Url(oneTimeKey)}`;
}

/** The length of every envelope of an election. */
export function envelopeBytes(definition: ElectionDefinition): number {
  return ENCAPSULATED_KEY_BYTES + LENGTH_PREFIX_BYTES + longestSelectionBytes(definition) + AUTHENTICATION_TAG_BYTES;
}

/** The padded plaintext: two bytes of length, big-endian, the selection, then zeros up to the election's fixed length. */
function pad(definition: ElectionDefinition, selection: Selection): Uint8Array {
  const text = encoder.encode(writeSelection(selection));
  const padded = new Uint8Array(LENGTH_PREFIX_BYTES + longestSelectionBytes(definition));
  new DataView(padded.buffer).setUint16(0, text.length);
  padded.set(text, LENGTH_PREFIX_BYTES);
  return padded;
}

/** Reads what pad writes; undefined when the length does not fit or the padding is not all zeros. */
function unpad(padded: Uint8Array): string | undefined {
  if (padded.length < LENGTH_PREFIX_BYTES) return undefined;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint16(0);
  const end = LENGTH_PREFIX_BYTES + length;
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) return undefined;
  return decoder.decode(padded.subarray(LENGTH_PREFIX_BYTES, end));
}

/** Seals a selection that fits its contest. Rejects with RangeError when it is longer than any this election allows. */
export async function sealEnvelope(
  seal: Sealer,
  election: StatedElection,
  binding: EnvelopeBinding,
  selection: Selection,
): Promise<Uint8Array> {
  const padded = pad(election.definition, selection);
  const { encapsulatedKey, ciphertext } = await seal(padded, envelopeInfo(election, binding));
  const envelope = new Uint8Array(encapsulatedKey.length + ciphertext.length);
  envelope.set(encapsulatedKey);
  envelope.set(ciphertext, encapsulatedKey.length);
  return envelope;
}

/**
 * The text in an envelope, as writeSelection wrote it if the sealer is honest; undefined when the envelope does not open with
 * this key as what it is cast for: garbage, truncated, sealed for another election, opening, region or one-time key, or badly
 * padded.
 */
export async function openEnvelope(
  open: Opener,
  election: StatedElection,
  regionId: string,
  { oneTimeKey, envelope }: KeyedEnvelope,
): Promise<string | undefined> {
  if (envelope.length !== envelopeBytes(election.definition)) return undefined;
  const sealed = {
    encapsulatedKey: envelope.subarray(0, ENCAPSULATED_KEY_BYTES),
    ciphertext: envelope.subarray(ENCAPSULATED_KEY_BYTES),
  };
  const padded = await open(sealed, envelopeInfo(election, { regionId, oneTimeKey }));
  return padded && unpad(padded);
}
