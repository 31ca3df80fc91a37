import type { BilingualText } from "#core/election.ts";

/** Whom a stage lets sign voters in, and what is wrong with a definition that names somebody else. */

/** As variables and outputs have them: separated by spaces. */
export const issuersIn = (text: string): readonly string[] => text.split(" ").filter((issuer) => issuer !== "");

/** The rule that an issuer breaks on a stage that allows others; undefined when it is one of these. */
export function issuerFault(issuer: string, allowed: readonly string[]): BilingualText | undefined {
  if (allowed.includes(issuer)) return undefined;
  const named = allowed.join(", ");
  return allowed.length === 0
    ? {
        en: "no identity provider may sign voters in here: the stage's voterIssuers name none",
        fr: "aucun fournisseur d’identité n’est admis ici\u00a0: le paramètre voterIssuers n’en nomme aucun",
      }
    : {
        en: `must be one of the stage's voterIssuers, to the character: ${named}`,
        fr: `doit être, au caractère près, l’un des fournisseurs admis ici (paramètre voterIssuers)\u00a0: ${named}`,
      };
}
