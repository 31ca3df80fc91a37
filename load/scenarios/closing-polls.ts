import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { extendElection } from "#admin/elections/times.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type OpenElection, openBetween, openElection, registerElection } from "#load/shared/elections.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";

/** An election made for one run, during which its polls close. It stays registered afterwards, closed. */

const WHO = "load";
const BEFORE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Functions keep a definition for 5 s. */
const KNOWN_AFTER_MS = 6_000;

/** Registers an election like the given one that is not open yet, so that its hours can still change. */
export async function registerClosingElection(
  system: SystemUnderLoad,
  like: ElectionDefinition,
  nowMs: number,
): Promise<OpenElection> {
  using connection = connectTo(system);
  const electionId = `load-${randomBytes(4).toString("hex")}`;
  const notYet = openBetween({ ...like, electionId }, nowMs + HOUR_MS, nowMs + 2 * HOUR_MS);
  return registerElection(connection, notYet, WHO);
}

/** Opens the polls for this long, from when functions know of it. Resolves once they do. */
export async function openFor(system: SystemUnderLoad, definition: ElectionDefinition, ms: number): Promise<void> {
  using connection = connectTo(system);
  const nowMs = Date.now();
  const { electionId } = definition;
  await openElection(connection, openBetween(definition, nowMs - BEFORE_MS, nowMs + KNOWN_AFTER_MS + ms), WHO);
  // Stating the opening reads the whole roll.
  const closesAt = new Date(Date.now() + KNOWN_AFTER_MS + ms).toISOString();
  await extendElection(connection, electionId, closesAt, { who: WHO, confirm: async () => true });
  await pause(KNOWN_AFTER_MS);
}
