import type * as z from "zod";

/** The faults of a definition in an officer's words. */

type Issue = z.core.$ZodIssue;

/** `candidates[3].partyId`, with list positions counted from 0 as in the file. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`),
    "",
  );
  return name === "" ? "the definition" : name;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    json,
  );
}

/** "be at least 1" for a number, "have at least 1 character" for a text, "have at most 4 items" for a list. */
function bound(origin: string, atLeastOrMost: string, limit: number): string {
  if (origin === "number" || origin === "int") return `be ${atLeastOrMost} ${limit}`;
  return `have ${atLeastOrMost} ${limit} ${origin === "string" ? "character" : "item"}${limit === 1 ? "" : "s"}`;
}

function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `has a field that does not belong there: ${issue.keys.join(", ")}`;
    case "invalid_type":
      return `must be of type ${issue.expected === "int" ? "whole number" : issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return issue.errors.length === 0
        ? "must be one of referendum, single_choice, ranked_choice"
        : issue.errors.flatMap((alternative) => alternative.slice(0, 1).map(ruleOf)).join(", or ");
    case "too_small":
      return `must ${bound(issue.origin, "at least", Number(issue.minimum))}`;
    case "too_big":
      return `must ${bound(issue.origin, "at most", Number(issue.maximum))}`;
    case "invalid_format":
      return issue.format === "datetime"
        ? 'must be a date and time with its offset, such as "2026-10-19T09:00:00-04:00"'
        : issue.message;
    default:
      return issue.message;
  }
}

/** One sentence: the field, and the rule that it breaks. */
export function describeFault(issue: Issue, json: unknown): string {
  const missing = issue.path.length > 0 && valueAt(json, issue.path) === undefined;
  return `${fieldName(issue.path)}: ${missing ? "is missing" : ruleOf(issue)}.`;
}
