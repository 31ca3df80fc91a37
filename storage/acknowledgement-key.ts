import { randomBytes } from "node:crypto";
import { importSecretKey, publicPartOf } from "#storage/ed25519.ts";
import { createSecret, describeSecret, type ElectionSecrets, SECRET_BYTES } from "#storage/election-secrets.ts";

/**
 * The key with which `submit` signs that it accepted a ballot, at trust level "trustees" (core/trustees/acceptance.ts): Ed25519, 32 secret bytes.
 * `submit` alone reads it. It is not the key that signs certificates, which no machine that voters reach may use.
 */

/** Precedes the public key in the secret's description, so that whoever registers an election need not read the key. */
const PUBLIC_KEY = "Ed25519 public key ";

const nameOf = ({ secretPrefix }: ElectionSecrets, electionId: string): string =>
  `${secretPrefix}/acknowledgement-key/${electionId}`;

/** The public key of an election's acknowledgement key, base64url; undefined when there is none. */
export async function readAcknowledgementKey(kept: ElectionSecrets, electionId: string): Promise<string | undefined> {
  const description = await describeSecret(kept.secrets, nameOf(kept, electionId));
  return description?.startsWith(PUBLIC_KEY) === true ? description.slice(PUBLIC_KEY.length) : undefined;
}

/** Makes the key if there is none, and returns its public key, base64url. Safe to repeat and to run concurrently. */
export async function ensureAcknowledgementKey(kept: ElectionSecrets, electionId: string): Promise<string> {
  const seed = randomBytes(SECRET_BYTES);
  const name = nameOf(kept, electionId);
  await createSecret(kept.secrets, name, seed, `${PUBLIC_KEY}${publicPartOf(importSecretKey(seed))}`);
  // The stored key's: somebody may have been quicker.
  const publicKey = await readAcknowledgementKey(kept, electionId);
  if (publicKey === undefined) throw new Error(`the secret ${name} does not say its public key in its description`);
  return publicKey;
}
