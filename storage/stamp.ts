import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { toBase64Url } from "#core/bytes.ts";
import type { KeyedEnvelope } from "#core/envelope.ts";

/**
 * The stamp that `submit` puts on a ballot: an HMAC-SHA-256 (RFC 2104), cut to 16 bytes, under a key that those who count have
 * and `validate` has not. Whoever can write to the votes table can therefore neither move nor invent a ballot that counts.
 */

/** All that is stored of a ballot: whose it is, where it counts, what it holds, its tracking code and when it was cast. */
export type Stampable = KeyedEnvelope &
  Readonly<{ hash: string; electionId: string; regionId: string; trackingCode: string; castAt: string }>;
/** With its voter's signature, where voters sign. */
export type Stamped = Stampable & Readonly<{ stamp: Uint8Array; signature?: Uint8Array | undefined }>;

export const STAMP_BYTES = 16;

/** @param key the election's stamp key, as a key object, which is set up only once */
export function stampOf(key: KeyObject, ballot: Stampable): Uint8Array {
  const { hash, electionId, regionId, oneTimeKey, envelope, trackingCode, castAt } = ballot;
  const parts = [hash, electionId, regionId, toBase64Url(oneTimeKey), toBase64Url(envelope), trackingCode, castAt];
  const statement = JSON.stringify(["scrutin/v1/stamp", ...parts]);
  return new Uint8Array(createHmac("sha256", key).update(statement, "utf8").digest().subarray(0, STAMP_BYTES));
}

export function isStamped(key: KeyObject, ballot: Stamped): boolean {
  return ballot.stamp.length === STAMP_BYTES && timingSafeEqual(ballot.stamp, stampOf(key, ballot));
}
