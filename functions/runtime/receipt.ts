import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { packTrackingCode, TRACKING_CODE_BYTES, unpackTrackingCode } from "#core/tracking-code.ts";

/**
 * The `request_id`: an opaque token with which the voter who got it, and nobody else, can ask for an attempt's status.
 * AES-256-GCM over the voter's hash, the tracking code and the election. `submit` writes it; only `vote-status` and `results`
 * read it.
 */

export type Receipt = Readonly<{ hash: string; trackingCode: string; electionId: string }>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 32;

/** The AES key from the text of the receipt secret. */
export function receiptKey(secretText: string): KeyObject {
  return createSecretKey(createHash("sha256").update(secretText, "utf8").digest());
}

/** Seals a receipt into a request id: base64url, 98 characters and four for every three of the election's id. */
export function writeRequestId(key: KeyObject, { hash, trackingCode, electionId }: Receipt): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const plain = [Buffer.from(hash, "base64url"), packTrackingCode(trackingCode), Buffer.from(electionId, "utf8")];
  const sealed = cipher.update(Buffer.concat(plain));
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Reads what writeRequestId wrote with the same key; undefined for anything else. */
export function readRequestId(key: KeyObject, requestId: string): Receipt | undefined {
  const bytes = Buffer.from(requestId, "base64url");
  if (
    bytes.length <= NONCE_BYTES + HASH_BYTES + TRACKING_CODE_BYTES + TAG_BYTES ||
    bytes.toString("base64url") !== requestId
  )
    return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const plain = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]);
    const idFrom = HASH_BYTES + TRACKING_CODE_BYTES;
    return {
      hash: plain.toString("base64url", 0, HASH_BYTES),
      trackingCode: unpackTrackingCode(plain.subarray(HASH_BYTES, idFrom)),
      electionId: plain.toString("utf8", idFrom),
    };
  } catch {
    // The tag did not match: tampered with, or sealed under another key.
    return undefined;
  }
}
