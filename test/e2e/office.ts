import { inject } from "vitest";
import { type Connection, connect, StackOutputs } from "#admin/connection/connection.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { applyElection } from "#storage/election-register.ts";

async function inOffice(act: (connection: Connection) => Promise<unknown>): Promise<void> {
  const connection = connect(StackOutputs.parse(inject("outputs")), inject("endpoints"));
  try {
    await act(connection);
  } finally {
    connection.close();
  }
}

/** Registers an election in the system under test as an officer would. */
export function register(definition: ElectionDefinition): Promise<void> {
  return inOffice((connection) => applyElection(connection, definition, { who: "the suite" }));
}

/** Imports a file of voters into an election's roll. */
export function enrol(electionId: string, file: string): Promise<void> {
  return inOffice((connection) => importRoll(connection, electionId, file));
}
