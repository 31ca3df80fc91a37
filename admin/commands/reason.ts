import { saidReason } from "#admin/shared/said-reason.ts";
import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";

/** Why an officer does something: as given, or asked for at a terminal while voting is open. Undefined when nobody says. */
export async function reasonFor(
  { reason }: Readonly<{ reason?: string }>,
  definition: ElectionDefinition,
): Promise<string | undefined> {
  const isOpen = phaseAt(definition, Date.now()) === "open";
  return saidReason(
    reason ?? (isOpen && isAtTerminal() ? await ask("Voting is open. The reason, for the record: ") : ""),
  );
}

/** As reasonFor, for what is done to several: asked for while voting is open in one of them. */
export async function reasonForAny(
  given: Readonly<{ reason?: string }>,
  definitions: readonly ElectionDefinition[],
): Promise<string | undefined> {
  const definition = definitions.find((one) => phaseAt(one, Date.now()) === "open") ?? definitions[0];
  if (definition === undefined) throw new Error("an act is about an election");
  return reasonFor(given, definition);
}
