import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/**
 * The `request_id`: an opaque token that lets the voter who got it, and nobody else, ask what became of one attempt.
 * AES-256-GCM over the voter's hash, the tracking code and the election; only `submit` and `status` hold the key.
 */

export type Receipt = Readonly<{ hash: string; trackingCode: string; electionId: string }>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BETWEEN = "|";

/** The AES key from the text of the receipt secret. */
export function receiptKey(secretText: string): KeyObject {
  return createSecretKey(createHash("sha256").update(secretText, "utf8").digest());
}

/** Seals a receipt into a request id, base64url, about 150 characters. */
export function writeRequestId(key: KeyObject, { hash, trackingCode, electionId }: Receipt): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = cipher.update([hash, trackingCode, electionId].join(BETWEEN), "utf8");
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Reads what writeRequestId wrote with the same key; undefined for anything else. */
export function readRequestId(key: KeyObject, requestId: string): Receipt | undefined {
  const bytes = Buffer.from(requestId, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== requestId) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]).toString("utf8");
    const [hash, trackingCode, electionId] = text.split(BETWEEN);
    if (hash === undefined || trackingCode === undefined || electionId === undefined) return undefined;
    return { hash, trackingCode, electionId };
  } catch {
    // The tag did not match: tampered with, or sealed under another key.
    return undefined;
  }
}
