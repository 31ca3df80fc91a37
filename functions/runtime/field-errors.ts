import type * as z from "zod/mini";
import type { Language } from "#core/language.ts";
import type { FieldError } from "#functions/runtime/problem-contract.ts";
import { FIELD_MESSAGES } from "#functions/runtime/voter-messages.ts";

/** Zod's issues as field errors, which never repeat what was typed. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], language: Language): readonly FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ field: key.slice(0, 40), message: FIELD_MESSAGES.unknown[language] }));
    }
    const missing = issue.code === "invalid_type" && issue.input === undefined;
    return [
      {
        field: issue.path.map(String).join(".") || "body",
        message: (missing ? FIELD_MESSAGES.missing : FIELD_MESSAGES.invalid)[language],
      },
    ];
  });
}
