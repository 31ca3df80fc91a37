import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import * as z from "zod/mini";
import { readFileOf } from "#admin/trustees/read-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { bytesIn, bytesText } from "#core/trustees/ceremony/byte-fields.ts";
import { PublicTrustee, publicTrustee, SECRET_BYTES, type TrusteeSecrets } from "#core/trustees/ceremony/trustee.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * A trustee's key file: three secrets, sealed by AES-256-GCM under a key that scrypt makes of the passphrase. What is readable beside them is bound to
 * them. It never changes: a copy made on the first day opens the last box.
 */

/** RFC 7914. 128 MiB and some tenths of a second for each attempt. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
/** A file asks for no more memory than this. */
const MOST_N = 2 ** 20;

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const CIPHER = "aes-256-gcm";

const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number));

const KeyFile = z.strictObject({
  format: z.literal("scrutin-trustee-key-1"),
  public: PublicTrustee,
  cost: z.strictObject({
    N: z.int().check(z.minimum(2), z.maximum(MOST_N), z.refine(isPowerOfTwo)),
    r: z.literal(COST.r),
    p: z.literal(COST.p),
  }),
  salt: bytesText(SALT_BYTES),
  nonce: bytesText(NONCE_BYTES),
  sealed: bytesText(3 * SECRET_BYTES + TAG_BYTES),
});
export type KeyFile = Readonly<z.infer<typeof KeyFile>>;

type Header = Omit<KeyFile, "sealed">;

const stretched = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

function keyOf(passphrase: string, { salt, cost }: Header): Promise<Buffer> {
  // Keyboards write an accent as one character or as two.
  return stretched(passphrase.normalize("NFKC"), bytesIn(salt), KEY_BYTES, {
    ...cost,
    maxmem: 256 * cost.N * cost.r,
  });
}

const boundTo = (header: Header): Buffer => Buffer.from(canonicalJson(header));

/** Seals new secrets. */
export async function makeKeyFile(name: string, passphrase: string, cost: { N: number } = COST): Promise<KeyFile> {
  const secrets = randomBytes(3 * SECRET_BYTES);
  const header: Header = {
    format: "scrutin-trustee-key-1",
    public: publicTrustee(nodeTrustees, name, secretsIn(secrets)),
    cost: { ...COST, ...cost },
    salt: toBase64Url(randomBytes(SALT_BYTES)),
    nonce: toBase64Url(randomBytes(NONCE_BYTES)),
  };
  const key = await keyOf(passphrase, header);
  const cipher = createCipheriv(CIPHER, key, bytesIn(header.nonce)).setAAD(boundTo(header));
  const sealed = Buffer.concat([cipher.update(secrets), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  secrets.fill(0);
  return { ...header, sealed: toBase64Url(sealed) };
}

const secretsIn = (bytes: Uint8Array): TrusteeSecrets => ({
  signing: bytes.subarray(0, SECRET_BYTES),
  sealing: bytes.subarray(SECRET_BYTES, 2 * SECRET_BYTES),
  dealing: bytes.subarray(2 * SECRET_BYTES, 3 * SECRET_BYTES),
});

/** Its secrets. Undefined when the passphrase is another's, or anything in the file was altered. */
export async function unsealed(
  { sealed, ...header }: KeyFile,
  passphrase: string,
): Promise<TrusteeSecrets | undefined> {
  const key = await keyOf(passphrase, header);
  const bytes = bytesIn(sealed);
  const decipher = createDecipheriv(CIPHER, key, bytesIn(header.nonce), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(header)).setAuthTag(bytes.subarray(-TAG_BYTES));
  key.fill(0);
  try {
    const opened = decipher.update(bytes.subarray(0, -TAG_BYTES));
    // Throws unless all is as it was sealed.
    decipher.final();
    return secretsIn(opened);
  } catch {
    return undefined;
  }
}

/** A key file, open. */
export type OpenKey = Readonly<{ trustee: PublicTrustee; secrets: TrusteeSecrets }>;

/** Reads a key file without its secrets. Throws Refusal when it is none. */
export const readKeyFile = (file: string): Promise<KeyFile> => readFileOf(file, "a trustee's key file", KeyFile);

/** Opens a key file. Throws Refusal when it is none, or the passphrase does not open it. */
export async function openKeyFile(file: string, passphrase: string): Promise<OpenKey> {
  const keyFile = await readKeyFile(file);
  const secrets = await unsealed(keyFile, passphrase);
  if (secrets === undefined) {
    throw new EnglishRefusal(
      `${file}: the passphrase does not open this key. Check Caps Lock and the keyboard's language; if it is right, the file was altered: use the copy.`,
    );
  }
  return { trustee: keyFile.public, secrets };
}
