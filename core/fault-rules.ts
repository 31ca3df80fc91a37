import type * as z from "zod";
import type { BilingualText } from "#core/election.ts";
import { MESSAGES_IN_FRENCH } from "#core/fault-rules-french.ts";

/** The rule that a fault of a definition breaks, to follow the field's name: "must have at most 4 items". */

type Issue = z.core.$ZodIssue;

export const WRITTEN_TIME = {
  en: 'date and time with its offset, such as "2026-10-19T09:00:00-04:00"',
  fr: "une date et une heure avec leur décalage, telles que «\u00a02026-10-19T09:00:00-04:00\u00a0»",
} as const satisfies BilingualText;

const TYPES_IN_FRENCH: Readonly<Record<string, string>> = {
  string: "un texte",
  number: "un nombre",
  int: "un nombre entier",
  boolean: "vrai ou faux",
  array: "une liste",
  object: "un ensemble de champs",
};

const METHODS = "referendum, single_choice, choose, ranked_choice, stv";

/** "be at least 1" for a number, "is empty" for a text or a list, "have at most 4 items" for a list. */
function bound(origin: string, isLeast: boolean, limit: number): BilingualText {
  const most = { en: isLeast ? "at least" : "at most", fr: isLeast ? "au moins" : "au plus" };
  const isOne = limit === 1;
  if (origin === "number" || origin === "int") {
    return { en: `must be ${most.en} ${limit}`, fr: `doit être d’${most.fr} ${limit}` };
  }
  if (isLeast && isOne) return { en: "is empty", fr: "est vide" };
  const what =
    origin === "string"
      ? { en: "character", fr: isOne ? "caractère" : "caractères" }
      : { en: "item", fr: isOne ? "élément" : "éléments" };
  return {
    en: `must have ${most.en} ${limit} ${what.en}${isOne ? "" : "s"}`,
    fr: `doit avoir ${most.fr} ${limit} ${what.fr}`,
  };
}

/** A message of the schema, in French too where it is known. */
function messageOf(message: string): BilingualText {
  for (const [form, inFrench] of MESSAGES_IN_FRENCH) {
    const found = form.exec(message);
    if (found !== null) return { en: message, fr: inFrench(...found.slice(1)) };
  }
  return { en: message, fr: message };
}

export function ruleOf(issue: Issue): BilingualText {
  switch (issue.code) {
    case "unrecognized_keys": {
      const keys = issue.keys.join(", ");
      return {
        en: `has a field that does not belong there: ${keys}`,
        fr: `a un champ qui n’y a pas sa place\u00a0: ${keys}`,
      };
    }
    case "invalid_type":
      return {
        en: `must be of type ${issue.expected === "int" ? "whole number" : issue.expected}`,
        fr: `doit être ${TYPES_IN_FRENCH[issue.expected] ?? issue.expected}`,
      };
    case "invalid_value": {
      const values = issue.values.map(String).join(", ");
      return { en: `must be one of ${values}`, fr: `doit être l’un de ${values}` };
    }
    case "invalid_union": {
      if (issue.errors.length === 0) return { en: `must be one of ${METHODS}`, fr: `doit être l’un de ${METHODS}` };
      const rules = issue.errors.flatMap((alternative) => alternative.slice(0, 1).map(ruleOf));
      return { en: rules.map(({ en }) => en).join(", or "), fr: rules.map(({ fr }) => fr).join(", ou ") };
    }
    case "too_small":
      return bound(issue.origin, true, Number(issue.minimum));
    case "too_big":
      return bound(issue.origin, false, Number(issue.maximum));
    case "invalid_format":
      return issue.format === "datetime"
        ? { en: `must be a ${WRITTEN_TIME.en}`, fr: `doit être ${WRITTEN_TIME.fr}` }
        : messageOf(issue.message);
    default:
      return messageOf(issue.message);
  }
}
