import type { AdministeredElection } from "#storage/registered-elections.ts";

/** Imports of a roll that are under way, and the command that ends them; undefined when there are none. */
export function importsUnderWay({
  definition: { electionId },
  rollImports,
}: Pick<AdministeredElection, "definition" | "rollImports">): string | undefined {
  if (rollImports.length === 0) return undefined;
  return `imports of the roll have not ended: ${rollImports.join("; ")}. If one was killed, import its file again or, above all after closing, sign the roll as it is: scrutin roll state ${electionId}`;
}
