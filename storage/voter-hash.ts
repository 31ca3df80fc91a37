import { createHmac, type KeyObject } from "node:crypto";
import { hashInput } from "#core/credential.ts";

/**
 * A voter's hash in one election: HMAC-SHA-256 (RFC 2104) of the normalised credentials under the
 * election's pepper, base64url, 43 characters. Without the pepper nobody can try credentials against it.
 * @param pepper the election's secret, 32 bytes, as a key object, which is set up only once
 */
export function voterHash(pepper: KeyObject, values: readonly string[], electionId: string): string {
  return createHmac("sha256", pepper).update(hashInput(values, electionId), "utf8").digest("base64url");
}

/** 128 bits: nobody meets two persons with the same. */
const IDENTITY_CHARACTERS = 22;

/**
 * A person's keyed hash on one election's roll, the same whatever their code is. No normalised credential begins in lower case, so
 * it is never a voter's hash.
 * @param identity as rollIdentity gives it
 */
export function identityHash(pepper: KeyObject, identity: readonly string[], electionId: string): string {
  return createHmac("sha256", pepper)
    .update(`person|${hashInput(identity, electionId)}`, "utf8")
    .digest("base64url")
    .slice(0, IDENTITY_CHARACTERS);
}
