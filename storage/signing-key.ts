import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { fromBase64Url, toBase32, toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { CertificateSignature } from "#core/certificate-signature.ts";
import { type ElectionSecrets, ensureSecret, SECRET_BYTES } from "#storage/election-secrets.ts";

/** The officer's signature under a certificate: Ed25519 (RFC 8032), one key pair per election. */

// DER prefixes (RFC 8410) that make PKCS#8 or SPKI of a raw Ed25519 key.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** 160 bits: nobody finds a second key with the same fingerprint. */
const FINGERPRINT_LENGTH = 32;

function makeSigningKey(): Uint8Array {
  const der = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" });
  return new Uint8Array(der.subarray(-SECRET_BYTES));
}

/** The election's signing key, made and kept as a secret if there is none. */
export async function ensureSigningKey(
  { secrets, secretPrefix }: ElectionSecrets,
  electionId: string,
): Promise<KeyObject> {
  const raw = await ensureSecret(secrets, `${secretPrefix}/signing-key/${electionId}`, makeSigningKey);
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: "der", type: "pkcs8" });
}

function signedBytes(statement: unknown): Buffer {
  return Buffer.from(canonicalJson(statement), "utf8");
}

/** The public part of a signing key, base64url. */
export function publicPartOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return toBase64Url(new Uint8Array(der.subarray(-SECRET_BYTES)));
}

/** Signs a certificate or another statement. */
export function signStatement(key: KeyObject, statement: unknown): CertificateSignature {
  return {
    algorithm: "Ed25519",
    publicKey: publicPartOf(key),
    signature: sign(null, signedBytes(statement), key).toString("base64url"),
  };
}

/** Whether the signature is its key's, over this statement. */
export function isSigned(statement: unknown, { publicKey, signature }: CertificateSignature): boolean {
  const raw = fromBase64Url(publicKey);
  const signed = fromBase64Url(signature);
  if (raw?.length !== SECRET_BYTES || signed === undefined) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" });
  return verify(null, signedBytes(statement), key, signed);
}

/** What identifies a signing key to people, to be published elsewhere: `ABCD EFGH …`, 32 characters of its SHA-256 in base32. */
export function fingerprintOf({ publicKey }: Pick<CertificateSignature, "publicKey">): string {
  const digest = createHash("sha256").update(publicKey, "base64url").digest();
  return toBase32(digest)
    .slice(0, FINGERPRINT_LENGTH)
    .replaceAll(/(.{4})(?=.)/g, "$1 ");
}

/** Whether two fingerprints are the same, however they are spaced. */
export function isSameFingerprint(one: string, other: string): boolean {
  const bare = (text: string): string => text.replaceAll(/[\s-]/g, "").toUpperCase();
  return bare(one) === bare(other);
}
