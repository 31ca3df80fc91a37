import type { CredentialFault, Needed } from "#core/credential-fault.ts";
import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("fr");

const KINDS = {
  digits: ["chiffre", "chiffres"],
  letters: ["lettre", "lettres"],
  characters: ["lettre ou chiffre", "lettres ou chiffres"],
} as const satisfies Record<Needed["of"], readonly [one: string, other: string]>;

const NOT_ONE = { digits: "n’en est pas un", letters: "n’en est pas une", characters: "n’en fait jamais partie" };
const AMONG: Readonly<Record<string, string>> = { "0-9": "un chiffre", "A-Z": "une lettre" };

function neededWords({ least, most, of }: Needed): string {
  const [one, other] = KINDS[of];
  return least === most
    ? `Il faut ${plural(most, one, other)}`
    : `Il faut de ${count(least)} à ${count(most)} ${other}`;
}

/** Ce qui manque dans un champ, ou ce qui n’y va pas. */
export function faultFr(fault: CredentialFault, needed: Needed): string {
  switch (fault.kind) {
    case "missing":
      return `${neededWords(needed)}\u202f; il n’y a rien encore.`;
    case "stray":
      return `${neededWords(needed)}\u202f; «\u00a0${fault.character}\u00a0» ${NOT_ONE[needed.of]}.`;
    case "length":
      return `${neededWords(needed)}\u202f; vous en avez saisi ${count(fault.typed)}.`;
    case "misplaced":
      return `Le caractère ${count(fault.place)} doit être ${fault.among.map((one) => AMONG[one] ?? one).join(" ou ")}.`;
    case "mistyped":
      return "L’un de ces caractères n’est pas celui de votre carte. Comparez-les un à un.";
    default:
      return fault satisfies never;
  }
}
