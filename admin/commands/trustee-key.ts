/** The key file that a command of a trustee or registrar is given, and its passphrase. */

export const PASSPHRASE_FILE = [
  "--passphrase-file <file>",
  "a file whose first line is the passphrase, instead of asking",
] as const;

export type KeyOptions = Readonly<{ key: string; passphraseFile?: string }>;

export async function openKey({ key, passphraseFile }: KeyOptions) {
  const { openKeyFile, readKeyFile } = await import("#admin/trustees/key-file.ts");
  const { passphraseOf } = await import("#admin/trustees/passphrase.ts");
  // Nobody types a passphrase for a file that is none.
  await readKeyFile(key);
  return openKeyFile(key, await passphraseOf(key, passphraseFile));
}
