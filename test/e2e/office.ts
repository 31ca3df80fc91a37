import { inject } from "vitest";
import { connect, StackOutputs } from "#admin/connection.ts";
import { applyElection } from "#admin/elections.ts";
import type { ElectionDefinition } from "#core/election.ts";

/** Registers an election in the system under test, as an officer would. */
export async function register(definition: ElectionDefinition): Promise<void> {
  const connection = connect(StackOutputs.parse(inject("outputs")), inject("endpoints"));
  try {
    await applyElection(connection, definition, { who: "the suite" });
  } finally {
    connection.close();
  }
}
