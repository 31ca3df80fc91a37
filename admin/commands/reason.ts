import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** All that was done to an election is kept in one place of 400 kB. */
const MOST_CHARACTERS = 300;

/** A reason as it is recorded; undefined when there is none. */
export function saidReason(given = ""): string | undefined {
  const said = given.replaceAll(/\s+/g, " ").trim();
  if (said.length > MOST_CHARACTERS) throw new Refusal(`A reason has at most ${MOST_CHARACTERS} characters.`);
  return said === "" ? undefined : said;
}

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
