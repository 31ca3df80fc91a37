import { describeFault } from "#core/definition-faults.ts";
import type { BilingualText } from "#core/election.ts";
import { everyFault } from "#core/every-fault.ts";

/** What of a definition's file no form could show: it would be lost, or stay unseen. The rest is mended in the editor. */

type Issue = ReturnType<typeof everyFault>[number];

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    json,
  );

function isUnshown({ code, path }: Issue, json: unknown): boolean {
  // Without it nothing says which fields belong there.
  if (code === "unrecognized_keys" || path[0] === "votingMethod") return true;
  const value = valueAt(json, path);
  const isTyped = typeof value === "string" || typeof value === "number";
  return value !== undefined && (code === "invalid_union" ? !isTyped : code === "invalid_type");
}

/** Sentences, each with the field's name as the file has it; none where the file can become a draft. */
export function fileFaults(json: unknown): readonly BilingualText[] {
  return everyFault(json)
    .filter((issue) => isUnshown(issue, json))
    .map((issue) => describeFault(issue, json));
}
