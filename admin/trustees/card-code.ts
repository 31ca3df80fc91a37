import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { textIfThere } from "#admin/trustees/read-file.ts";
import type { SoughtCard } from "#admin/trustees/verify/look-up.ts";
import { normaliseCredential } from "#core/credential.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { CARD_CODE_PATTERN, isCheckedCode } from "#core/voting-code.ts";

/** The code of a card, asked without showing it, or read from a file, such as /dev/fd/3. */

async function typedCode(file: string | undefined): Promise<string> {
  if (file === undefined) {
    if (isAtTerminal()) return ask("Code of the card: ", true);
    throw new EnglishRefusal("The code is asked for at a terminal. In a script, give --code-file.");
  }
  const text = await textIfThere(file);
  if (text === undefined) throw new EnglishRefusal(`${file}: there is no such file.`);
  return text.split(/\r?\n/, 1)[0] ?? "";
}

/** Throws Refusal for a code with a slip, which would be taken for another card's. */
export async function readCardCode(number: string, file: string | undefined): Promise<SoughtCard> {
  const code = normaliseCredential(await typedCode(file));
  if (!new RegExp(`^${CARD_CODE_PATTERN}$`).test(code) || !isCheckedCode(code)) {
    throw new EnglishRefusal("This is no code of a card: a character is wrong or missing. Compare it with the card.");
  }
  return { number: normaliseCredential(number), code };
}
