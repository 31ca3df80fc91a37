import type { CredentialFault, Needed } from "#core/credential-fault.ts";
import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

const KINDS = {
  digits: ["digit is needed", "digits are needed"],
  letters: ["letter is needed", "letters are needed"],
  characters: ["letter or digit is needed", "letters or digits are needed"],
} as const satisfies Record<Needed["of"], readonly [one: string, other: string]>;

const NOT_ONE = { digits: "is not a digit", letters: "is not a letter", characters: "is never one of them" };
const AMONG: Readonly<Record<string, string>> = { "0-9": "a digit", "A-Z": "a letter" };

function neededWords({ least, most, of }: Needed): string {
  const [one, other] = KINDS[of];
  return least === most ? plural(most, one, other) : `${count(least)} to ${count(most)} ${other}`;
}

/** What is missing in a field, or wrong. */
export function faultEn(fault: CredentialFault, needed: Needed): string {
  switch (fault.kind) {
    case "missing":
      return `${neededWords(needed)}; there are none yet.`;
    case "stray":
      return `${neededWords(needed)}; “${fault.character}” ${NOT_ONE[needed.of]}.`;
    case "length":
      return `${neededWords(needed)}; you typed ${count(fault.typed)}.`;
    case "misplaced":
      return `Character ${count(fault.place)} must be ${fault.among.map((one) => AMONG[one] ?? one).join(" or ")}.`;
    case "mistyped":
      return "One of these characters is not as on your card. Compare each of them.";
    default:
      return fault satisfies never;
  }
}
