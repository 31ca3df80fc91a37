import { requireCodes } from "#admin/roll/codeless.ts";
import { checkCredentials, identityAmong, secretsAmong } from "#core/credential.ts";
import type { CredentialField, ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import {
  CARD_CODE_PATTERN,
  CARD_RANDOM_CHARACTERS,
  CODE_ALPHABET,
  checkCharacterOf,
  RANDOM_CHARACTERS,
} from "#core/voting-code.ts";

/** The secret of a letter: the one of an election's credentials that does not say who somebody is. */

/** As the demonstration's elections ask for. */
const SHORT_CODE_CHARACTERS = 6;

/** Bytes from here on would make the first characters of the alphabet likelier, and are drawn again. */
const EVEN_BYTES = 256 - (256 % CODE_ALPHABET.length);

function drawn(characters: number): string {
  let text = "";
  while (text.length < characters) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < EVEN_BYTES) text += CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length);
  }
  return text;
}

function checkedCode({ pattern }: Pick<CredentialField, "pattern">): string {
  const characters = drawn(pattern === CARD_CODE_PATTERN ? CARD_RANDOM_CHARACTERS : RANDOM_CHARACTERS);
  return `${characters}${checkCharacterOf(characters)}`;
}

export type Codes = Readonly<{
  /** The field that the codes are for. */
  field: CredentialField;
  /** Those that tell who somebody is; they are on the roll, and never on a letter. */
  identity: readonly CredentialField[];
  draw: () => string;
}>;

/** How the codes of an election are made. Throws Refusal when it asks for something else than codes. */
export function codesOf(definition: ElectionDefinition): Codes {
  requireCodes(definition);
  const { credentialFields } = definition;
  const [field, ...others] = secretsAmong(credentialFields, credentialFields);
  if (field === undefined) throw new Error("a definition has a secret credential");
  if (others.length > 0) {
    const names = (and: string): string => [field, ...others].map(({ name }) => name).join(and);
    throw new Refusal(
      `Election ${definition.electionId}: ${names(" and ")} are secret, and a code can be drawn for one only: say of the others identity: true, if they tell who somebody is.`,
      `Élection ${definition.electionId}\u00a0: ${names(" et ")} sont secrets, et un code ne se tire que pour un seul\u00a0: marquez les autres comme identité, s’ils disent qui est quelqu’un.`,
    );
  }
  const identity = identityAmong(credentialFields, credentialFields);
  const draw = field.hasCheckCharacter === true ? () => checkedCode(field) : () => drawn(SHORT_CODE_CHARACTERS);
  const check = checkCredentials(definition, { [field.name]: draw() });
  if (check.ok || !check.fields.includes(field.name)) return { field, identity, draw };
  throw new Refusal(
    `Election ${definition.electionId}: ${field.name} is no voting code, so letters cannot carry one: it must be a code with "hasCheckCharacter": true.`,
    `Élection ${definition.electionId}\u00a0: ${field.name} n’est pas un code d’électeur, et une lettre n’en porte pas d’autre\u00a0: il faut un code avec un caractère de contrôle.`,
  );
}

const GROUP = 4;

/** As it is printed, in groups of four, or of three where that makes them equal: `2345 6789 ABC`. */
export function inGroups(code: string): string {
  const size = code.length % GROUP !== 0 && code.length % (GROUP - 1) === 0 ? GROUP - 1 : GROUP;
  return code.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? code;
}
