import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { type BallotContext, contextParts } from "#core/trustees/ballot.ts";
import { transcript } from "#core/trustees/transcript.ts";

/**
 * The key on a voter's card, and what it signs.
 *
 * seed = scrypt(code, "scrutin/v2/card|electionId|number", N = 2^12, r = 8, p = 1), 32 bytes (RFC 7914, section 6), is an Ed25519 secret
 * key (RFC 8032, section 5.1.5); its public key is the voter key, which the roll holds. The signature over the ballot and its context proves
 * that somebody with the code cast this ballot, here and for nothing else: nobody who has the roll can vote, the office included. Trying
 * codes of 60 bits against a voter key takes one scrypt each.
 *
 * Hashing and signing are arguments: a browser has noble's, commands have Node's own. Both give the same bytes.
 */

/** The cost of scrypt: 4 MiB, some milliseconds. */
export type ScryptCost = Readonly<{ N: number; r: number; p: number; length: number }>;
const CARD_COST: ScryptCost = { N: 2 ** 12, r: 8, p: 1, length: 32 };

export type CardEngine = Readonly<{
  /** RFC 7914. */
  scrypt(password: Uint8Array, salt: Uint8Array, cost: ScryptCost): Uint8Array;
  /** The Ed25519 public key of 32 secret bytes. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** An Ed25519 signature, 64 bytes. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
}>;
/** Whether a signature of 64 bytes is by this Ed25519 public key of 32. */
export type Verifier = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** What stands on a card. Both are normalised (core/credential.ts), the code with its check character. */
export type Card = Readonly<{ electionId: string; number: string; code: string }>;
/** `seed` is a secret: whoever has it votes. */
export type CardKey = Readonly<{ seed: Uint8Array; voterKey: string }>;

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export function cardKey(engine: CardEngine, { electionId, number, code }: Card): CardKey {
  const encoder = new TextEncoder();
  const salt = `scrutin/v2/card|${electionId}|${number}`;
  const seed = engine.scrypt(encoder.encode(code), encoder.encode(salt), CARD_COST);
  return { seed, voterKey: toBase64Url(engine.publicKey(seed)) };
}

/** Reads a voter key. Undefined for what is not 32 bytes in canonical base64url. */
function voterKeyBytes(voterKey: string): Uint8Array | undefined {
  const bytes = fromBase64Url(voterKey);
  return bytes?.length === KEY_BYTES ? bytes : undefined;
}

/** What a voter signs to cast a ballot: 64 bytes. */
const castTranscript = (context: BallotContext, body: Uint8Array): Uint8Array =>
  transcript("scrutin/v2/cast", ...contextParts(context), body);

/** Casts a ballot. Throws RangeError when it was made for another voter key. */
export function signBallot(engine: CardEngine, key: CardKey, context: BallotContext, body: Uint8Array): Uint8Array {
  if (key.voterKey !== context.voterKey) throw new RangeError("the ballot was made for another voter key");
  return engine.sign(key.seed, castTranscript(context, body));
}

/** Whether the holder of the context's voter key cast this ballot. */
export function isCast(verify: Verifier, context: BallotContext, body: Uint8Array, signature: Uint8Array): boolean {
  const key = voterKeyBytes(context.voterKey);
  if (key === undefined || signature.length !== SIGNATURE_BYTES) return false;
  return verify(key, castTranscript(context, body), signature);
}

/** A ballot's tracking code, of SHA-256 over voter key and body. Throws RangeError for a voter key that is none. */
export function ballotTrackingCode(voterKey: string, body: Uint8Array): string {
  const oneTimeKey = voterKeyBytes(voterKey);
  if (oneTimeKey === undefined) throw new RangeError("a voter key is 32 bytes in base64url");
  return trackingCodeOf(sha256(trackedBytes({ oneTimeKey, envelope: body })));
}
