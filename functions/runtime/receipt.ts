import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { fromBase64Url } from "#core/bytes.ts";
import { packTrackingCode, TRACKING_CODE_BYTES, unpackTrackingCode } from "#core/tracking-code.ts";
import type { Elections } from "#storage/elections-table.ts";
import type { Secrets } from "#storage/secrets.ts";

/**
 * The `request_id`: an opaque token with which the voter who got it, and nobody else, can ask for an attempt's status. The
 * election's id, then AES-256-GCM over the voter's hash and the tracking code. Each election has a key of its own, which is
 * destroyed with its pepper: from then on nobody can read a request id.
 */

export type Receipt = Readonly<{ hash: string; trackingCode: string; electionId: string }>;

const LENGTH_BYTES = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 32;
const SEALED_BYTES = NONCE_BYTES + HASH_BYTES + TRACKING_CODE_BYTES + TAG_BYTES;

/** Seals a receipt into a request id: base64url, 99 characters and four for every three of the election's id. */
export function writeRequestId(key: KeyObject, { hash, trackingCode, electionId }: Receipt): string {
  const id = Buffer.from(electionId, "utf8");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(id);
  const sealed = cipher.update(Buffer.concat([Buffer.from(hash, "base64url"), packTrackingCode(trackingCode)]));
  const parts = [Uint8Array.of(id.length), id, nonce, sealed, cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString("base64url");
}

type Parts = Readonly<{ id: Buffer; nonce: Buffer; sealed: Buffer; tag: Buffer }>;

function partsOf(requestId: string): Parts | undefined {
  const bytes = Buffer.from(fromBase64Url(requestId) ?? []);
  const idEnds = LENGTH_BYTES + (bytes[0] ?? 0);
  if (bytes.length !== idEnds + SEALED_BYTES) return undefined;
  return {
    id: bytes.subarray(LENGTH_BYTES, idEnds),
    nonce: bytes.subarray(idEnds, idEnds + NONCE_BYTES),
    sealed: bytes.subarray(idEnds + NONCE_BYTES, -TAG_BYTES),
    tag: bytes.subarray(-TAG_BYTES),
  };
}

/** Reads what writeRequestId wrote with the same key; undefined for anything else. */
export function readRequestId(key: KeyObject, requestId: string): Receipt | undefined {
  const parts = partsOf(requestId);
  if (parts === undefined) return undefined;
  const { id, nonce, sealed, tag } = parts;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES }).setAAD(id).setAuthTag(tag);
  try {
    const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return {
      hash: plain.toString("base64url", 0, HASH_BYTES),
      trackingCode: unpackTrackingCode(plain.subarray(HASH_BYTES)),
      electionId: id.toString("utf8"),
    };
  } catch {
    // The tag did not match: tampered with, or sealed under another key.
    return undefined;
  }
}

export type ReceiptDependencies = Readonly<{
  elections: Pick<Elections, "find">;
  secrets: Pick<Secrets, "bytesIfAny">;
  /** The election's id follows. */
  receiptKeyPrefix: string;
}>;

/** The receipt in a request id; undefined for one that was made up, or whose election's key was destroyed. */
export async function receiptIn(
  requestId: string,
  { elections, secrets, receiptKeyPrefix }: ReceiptDependencies,
): Promise<Receipt | undefined> {
  const electionId = partsOf(requestId)?.id.toString("utf8");
  // Secrets are asked for only under names that exist.
  if (electionId === undefined || (await elections.find(electionId)) === undefined) return undefined;
  const key = await secrets.bytesIfAny(`${receiptKeyPrefix}${electionId}`);
  return key === undefined ? undefined : readRequestId(createSecretKey(key), requestId);
}
