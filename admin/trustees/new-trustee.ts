import { makeKeyFile } from "#admin/trustees/key-file.ts";
import { requireAbsent, writeNewFile } from "#admin/trustees/new-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type PublicTrustee, TrusteeName } from "#core/trustees/ceremony/trustee.ts";

/** A new trustee: a key file, and a public file to give away. */

export type NewTrustee = Readonly<{ trustee: PublicTrustee; publicFile: string }>;

/** `court.key` has `court.pub` beside it. */
export const publicFileOf = (keyFile: string): string => `${keyFile.replace(/\.key$/, "")}.pub`;

/** Throws Refusal for a name that is none. */
export function requireName(name: string): string {
  const read = TrusteeName.safeParse(name.trim().normalize("NFC"));
  if (read.success) return read.data;
  throw new EnglishRefusal("--name: a name has 1 to 100 characters, in one line.");
}

/** Throws Refusal when either file is there already. */
export async function requireNewFiles(keyFile: string): Promise<void> {
  await requireAbsent(keyFile);
  await requireAbsent(publicFileOf(keyFile));
}

/** Writes both files. Throws Refusal when either is there already, or cannot be written. */
export async function makeTrustee(name: string, keyFile: string, passphrase: string): Promise<NewTrustee> {
  await requireNewFiles(keyFile);
  const key = await makeKeyFile(requireName(name), passphrase);
  await writeNewFile(keyFile, canonicalText(key), 0o600);
  await writeNewFile(publicFileOf(keyFile), canonicalText(key.public));
  return { trustee: key.public, publicFile: publicFileOf(keyFile) };
}
