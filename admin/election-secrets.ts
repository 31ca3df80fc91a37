import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Connection } from "#admin/connection.ts";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";

/**
 * The secrets of an election: its pepper and its ballot key, and once it is certified its signing key (see signing-key.ts),
 * 32 bytes each, kept as base64url; never printed.
 */

export const SECRET_BYTES = 32;

// A raw X25519 private key becomes PKCS#8 (RFC 8410) by standing behind this prefix.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");

async function readSecret(client: SecretsManagerClient, name: string): Promise<Uint8Array | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    const bytes = fromBase64Url(SecretString ?? "");
    if (bytes?.length !== SECRET_BYTES) throw new Error(`the secret ${name} is not ${SECRET_BYTES} bytes in base64url`);
    return bytes;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/**
 * The secret of this name, made by `make` if there is none. Among concurrent callers the first creation stands, and
 * everybody gets that one.
 */
export async function ensureSecret(
  client: SecretsManagerClient,
  name: string,
  make: () => Uint8Array,
): Promise<Uint8Array> {
  const known = await readSecret(client, name);
  if (known !== undefined) return known;
  try {
    const made = make();
    await client.send(new CreateSecretCommand({ Name: name, SecretString: toBase64Url(made) }));
    return made;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
    const theirs = await readSecret(client, name);
    if (theirs === undefined) throw new Error(`the secret ${name} is being created elsewhere; try again in a minute`);
    return theirs;
  }
}

function makePrivateKey(): Uint8Array {
  const der = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "der" });
  return new Uint8Array(der.subarray(-SECRET_BYTES));
}

/** The X25519 public key of a raw private key, both 32 bytes; the public one in base64url. */
export function publicKeyOf(privateKey: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, privateKey]), format: "der", type: "pkcs8" });
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return toBase64Url(new Uint8Array(der.subarray(-SECRET_BYTES)));
}

function pepperName({ secretPrefix }: Connection, electionId: string): string {
  return `${secretPrefix}/pepper/${electionId}`;
}

function ballotKeyName({ secretPrefix }: Connection, electionId: string): string {
  return `${secretPrefix}/ballot-key/${electionId}`;
}

/** The election's pepper, 32 bytes; undefined when it was never made, or destroyed. */
export function readPepper(connection: Connection, electionId: string): Promise<Uint8Array | undefined> {
  return readSecret(connection.secrets, pepperName(connection, electionId));
}

/** Destroys the election's pepper for good; nothing happens when there is none. */
export async function destroyPepper(connection: Connection, electionId: string): Promise<void> {
  const SecretId = pepperName(connection, electionId);
  try {
    await connection.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

/** The election's stored ballot key, raw X25519, 32 bytes; undefined when there is none. */
export function readBallotKey(connection: Connection, electionId: string): Promise<Uint8Array | undefined> {
  return readSecret(connection.secrets, ballotKeyName(connection, electionId));
}

/** The public key of the election's stored ballot key, base64url; undefined when there is none. */
export async function readPublicKey(connection: Connection, electionId: string): Promise<string | undefined> {
  const privateKey = await readBallotKey(connection, electionId);
  return privateKey === undefined ? undefined : publicKeyOf(privateKey);
}

/** Makes what is missing of an election's secrets and gives its public key, base64url. Safe to repeat and to run twice at once. */
export async function ensureSecrets(connection: Connection, electionId: string): Promise<string> {
  await ensureSecret(connection.secrets, pepperName(connection, electionId), () => randomBytes(SECRET_BYTES));
  // The public key comes from the stored private key, never from the one just made: only the stored one opens ballots.
  return publicKeyOf(await ensureSecret(connection.secrets, ballotKeyName(connection, electionId), makePrivateKey));
}
