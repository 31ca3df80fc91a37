import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { Refusal } from "#core/refusal.ts";
import { exportPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/**
 * An election's secrets: pepper, receipt key, ballot key, stamp key, and once certified its signing key (see
 * storage/signing-key.ts). 32 bytes each, stored in base64url, never printed.
 */

export const SECRET_BYTES = 32;

/** Where secrets are kept; the prefix precedes `/pepper/<electionId>`, and so on for each kind. */
export type ElectionSecrets = Readonly<{ secrets: SecretsManagerClient; secretPrefix: string }>;

async function readSecret(client: SecretsManagerClient, name: string): Promise<Uint8Array | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    const bytes = fromBase64Url(SecretString ?? "");
    if (bytes?.length !== SECRET_BYTES) throw new Error(`the secret ${name} is not ${SECRET_BYTES} bytes in base64url`);
    return bytes;
  } catch (error) {
    if (error instanceof ResourceNotFoundException || isGoing(error)) return undefined;
    throw error;
  }
}

/** Whether a secret is scheduled for deletion: it can be restored, and until then is as good as gone. */
const isGoing = (error: unknown): boolean =>
  error instanceof InvalidRequestException && /\b(?:marked|scheduled) for deletion\b/.test(error.message);

/** A secret that an election cannot do without is gone, or is another. */
export const ballotKeyLost = (electionId: string): Refusal =>
  new Refusal(
    `The ballot key of election ${electionId} is not the one its ballots are sealed to: restore it.`,
    `La clé des bulletins de l’élection ${electionId} n’est pas celle qui les scelle\u00a0: faites-la restaurer.`,
  );
export const stampKeyLost = (electionId: string): Refusal =>
  new Refusal(
    `The stamp key of election ${electionId} is missing: restore it.`,
    `Il manque la clé des timbres de l’élection ${electionId}\u00a0: faites-la restaurer.`,
  );

const isDenied = (error: unknown): boolean => error instanceof Error && error.name === "AccessDeniedException";

/** The key of a secret's kind, by its alias. Its policy says who may use it (infra/data/secret-keys.ts). */
const keyOf = (name: string): string => `alias/${name.slice(0, name.lastIndexOf("/"))}`;

/** Creates a secret, unless there is one of this name; of concurrent callers the first wins. */
export async function createSecret(
  client: SecretsManagerClient,
  name: string,
  bytes: Uint8Array,
  description?: string,
): Promise<void> {
  const SecretString = toBase64Url(bytes);
  try {
    const Description = description === undefined ? {} : { Description: description };
    await client.send(new CreateSecretCommand({ Name: name, SecretString, KmsKeyId: keyOf(name), ...Description }));
  } catch (error) {
    if (error instanceof ResourceExistsException) return;
    if (!isGoing(error)) throw error;
    await restoreSecret(client, name);
  }
}

/** Restores a secret that went with a deleted election of the same id. Throws Refusal for who may not. */
async function restoreSecret(client: SecretsManagerClient, name: string): Promise<void> {
  try {
    await client.send(new RestoreSecretCommand({ SecretId: name }));
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new Refusal(
      `The secret ${name} goes with an election of this id that was deleted less than ${RECOVERY_DAYS} days ago: register this one with scrutin election apply, which restores it, or give it another id.`,
      `Le secret ${name} est celui d’une élection de même identifiant, supprimée il y a moins de ${RECOVERY_DAYS} jours\u00a0: donnez un autre identifiant à celle-ci, ou inscrivez-la par scrutin election apply, qui le restaure.`,
    );
  }
}

/** The description of a secret, empty when it has none; undefined when there is no such secret. */
export async function describeSecret(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  try {
    const { Description = "" } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return Description;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The secret of this name, made by `make` if there is none; concurrent callers get the first. */
export async function ensureSecret(
  client: SecretsManagerClient,
  name: string,
  make: () => Uint8Array,
): Promise<Uint8Array> {
  const known = await readSecret(client, name);
  if (known !== undefined) return known;
  await createSecret(client, name, make());
  const stored = await readSecret(client, name);
  if (stored === undefined) throw new Error(`the secret ${name} was destroyed while it was made; try again`);
  return stored;
}

function pepperName({ secretPrefix }: ElectionSecrets, electionId: string): string {
  return `${secretPrefix}/pepper/${electionId}`;
}

function ballotKeyName({ secretPrefix }: ElectionSecrets, electionId: string): string {
  return `${secretPrefix}/ballot-key/${electionId}`;
}

function stampKeyName({ secretPrefix }: ElectionSecrets, electionId: string): string {
  return `${secretPrefix}/stamp-key/${electionId}`;
}

function receiptKeyName({ secretPrefix }: ElectionSecrets, electionId: string): string {
  return `${secretPrefix}/receipt-key/${electionId}`;
}

/** The election's pepper, 32 bytes; undefined when it was never made, or destroyed. */
export function readPepper(kept: ElectionSecrets, electionId: string): Promise<Uint8Array | undefined> {
  return readSecret(kept.secrets, pepperName(kept, electionId));
}

/** Whether the election's pepper exists, without reading it. */
export async function hasPepper(kept: ElectionSecrets, electionId: string): Promise<boolean> {
  return (await describeSecret(kept.secrets, pepperName(kept, electionId))) !== undefined;
}

/** Destroys for good what leads from a voter to a ballot: the election's pepper, and the key of its request ids. */
export async function destroyLinks(kept: ElectionSecrets, electionId: string): Promise<void> {
  // The pepper last: while it exists, this can be repeated.
  for (const SecretId of [receiptKeyName(kept, electionId), pepperName(kept, electionId)]) {
    try {
      await kept.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }
}

/** Kinds of an election's secrets, in the order in which they are destroyed with it. */
const KINDS = ["receipt-key", "pepper", "stamp-key", "ballot-key", "acknowledgement-key", "signing-key"];

/** How long a secret that is not shredded can be restored after its election was deleted, in days. */
export const RECOVERY_DAYS = 7;

/** The names of an election's secrets that go later, and of those that the caller may not destroy. */
export type SecretsLeft = Readonly<{ later: readonly string[]; left: readonly string[] }>;

/**
 * Destroys all secrets of an election, for good where the caller may do that, otherwise in RECOVERY_DAYS: who steals the right to it
 * must not be able to lose ballots for ever.
 */
export async function destroySecrets(kept: ElectionSecrets, electionId: string): Promise<SecretsLeft> {
  const later: string[] = [];
  const left: string[] = [];
  for (const kind of KINDS) {
    const SecretId = `${kept.secretPrefix}/${kind}/${electionId}`;
    try {
      await kept.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) continue;
      if (!isDenied(error)) throw error;
      const outcome = await destroyLater(kept.secrets, SecretId);
      if (outcome === "later") later.push(SecretId);
      else if (outcome === "denied") left.push(SecretId);
    }
  }
  return { later, left };
}

/** Rights are asked before existence, so what is denied may be none. */
async function destroyLater(client: SecretsManagerClient, SecretId: string): Promise<"later" | "denied" | "none"> {
  try {
    await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: RECOVERY_DAYS }));
    return "later";
  } catch (error) {
    if (isDenied(error)) return (await isThere(client, SecretId)) ? "denied" : "none";
    if (error instanceof ResourceNotFoundException) return "none";
    if (isGoing(error)) return "later";
    throw error;
  }
}

/** Also where the caller may not know. */
async function isThere(client: SecretsManagerClient, SecretId: string): Promise<boolean> {
  try {
    await client.send(new DescribeSecretCommand({ SecretId }));
    return true;
  } catch (error) {
    return !(error instanceof ResourceNotFoundException);
  }
}

/** Makes the key of the election's request ids, if there is none. */
export async function ensureReceiptKey(kept: ElectionSecrets, electionId: string): Promise<void> {
  await createSecret(kept.secrets, receiptKeyName(kept, electionId), randomBytes(SECRET_BYTES));
}

/** The election's stored ballot key, raw X25519, 32 bytes; undefined when there is none. */
export function readBallotKey(kept: ElectionSecrets, electionId: string): Promise<Uint8Array | undefined> {
  return readSecret(kept.secrets, ballotKeyName(kept, electionId));
}

/** The key of the election's stamps, 32 bytes; undefined when there is none. */
export function readStampKey(kept: ElectionSecrets, electionId: string): Promise<Uint8Array | undefined> {
  return readSecret(kept.secrets, stampKeyName(kept, electionId));
}

/** Whether the key of the election's stamps exists, without reading it. */
export async function hasStampKey(kept: ElectionSecrets, electionId: string): Promise<boolean> {
  return (await describeSecret(kept.secrets, stampKeyName(kept, electionId))) !== undefined;
}

/** Makes the key of the election's stamps if there is none. */
export function ensureStampKey(kept: ElectionSecrets, electionId: string): Promise<void> {
  return createSecret(kept.secrets, stampKeyName(kept, electionId), randomBytes(SECRET_BYTES));
}

/** Precedes the public key in a ballot key's description, so that registering an election needs no right to read its key. */
const PUBLIC_KEY = "X25519 public key ";

/** The public key of the election's stored ballot key, base64url; undefined when there is none. */
export async function readPublicKey(kept: ElectionSecrets, electionId: string): Promise<string | undefined> {
  const description = await describeSecret(kept.secrets, ballotKeyName(kept, electionId));
  return description?.startsWith(PUBLIC_KEY) === true ? description.slice(PUBLIC_KEY.length) : undefined;
}

/** Makes an election's missing secrets and returns its public key, base64url. Safe to repeat and to run concurrently. */
export async function ensureSecrets(kept: ElectionSecrets, electionId: string): Promise<string> {
  await createSecret(kept.secrets, pepperName(kept, electionId), randomBytes(SECRET_BYTES));
  await ensureStampKey(kept, electionId);
  await ensureReceiptKey(kept, electionId);
  const privateKey = generateKeyPairSync("x25519").privateKey;
  const name = ballotKeyName(kept, electionId);
  await createSecret(kept.secrets, name, exportPrivateKey(privateKey), `${PUBLIC_KEY}${publicKeyOf(privateKey)}`);
  // The stored key's, not that of the one just made: only the stored key opens ballots.
  const publicKey = await readPublicKey(kept, electionId);
  if (publicKey === undefined) throw new Error(`the secret ${name} does not say its public key in its description`);
  return publicKey;
}
