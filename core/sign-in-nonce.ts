import { toBase64Url } from "#core/bytes.ts";
import type { KeyedEnvelope } from "#core/envelope.ts";

/**
 * The nonce of a voter's sign-in. It binds the provider's token to the sealed ballots that it was asked for, so that whoever steals the
 * token casts nothing else with it. The salt is random and the provider never sees it: from the nonce alone, nobody can tell later which
 * ballots of the published box it stands for. Canonical JSON (RFC 8785) of lists of strings, of which the SHA-256 is taken.
 */

const bytesOf = (parts: readonly string[]): Uint8Array => new TextEncoder().encode(JSON.stringify(parts));

/** What stands for one ballot; its digest is neither its tracking code nor in any published file. */
export function nonceBallotBytes({ oneTimeKey, envelope }: KeyedEnvelope): Uint8Array {
  return bytesOf(["scrutin/v1/nonce-ballot", toBase64Url(oneTimeKey), toBase64Url(envelope)]);
}

/** @param salt in base64url @param ballots digests in base64url, of all ballots that are cast with one sign-in, in any fixed order */
export function nonceBytes(salt: string, ballots: readonly string[]): Uint8Array {
  return bytesOf(["scrutin/v1/nonce", salt, ...ballots]);
}
