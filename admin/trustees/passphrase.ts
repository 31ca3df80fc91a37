import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { textIfThere } from "#admin/trustees/read-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** The passphrase of a key file: asked without showing it, or read from a file, such as /dev/fd/3. Never an argument: other users see those. */

const FEWEST_CHARACTERS = 12;

async function fromFile(file: string): Promise<string> {
  const text = await textIfThere(file);
  if (text === undefined) throw new EnglishRefusal(`${file}: there is no such file.`);
  return (text.split(/\r?\n/, 1)[0] ?? "").trim();
}

async function asked(question: string): Promise<string> {
  if (isAtTerminal()) return ask(question, true);
  throw new EnglishRefusal("The passphrase is asked for at a terminal. In a script, give --passphrase-file.");
}

export const passphraseOf = (key: string, file?: string): Promise<string> =>
  file === undefined ? asked(`Passphrase of ${key}: `) : fromFile(file);

/** A new one, typed twice. Throws Refusal when it is short, or the two differ. */
export async function newPassphrase(key: string, file?: string): Promise<string> {
  const passphrase = await (file === undefined
    ? asked(`New passphrase of ${key}, ${FEWEST_CHARACTERS} characters or more: `)
    : fromFile(file));
  if (passphrase.length < FEWEST_CHARACTERS) {
    throw new EnglishRefusal(`The passphrase has fewer than ${FEWEST_CHARACTERS} characters. Nothing was written.`);
  }
  if (file === undefined && (await asked("The same again: ")) !== passphrase) {
    throw new EnglishRefusal("The two passphrases differ. Nothing was written.");
  }
  return passphrase;
}
