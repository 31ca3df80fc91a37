import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "#admin/connection/connection.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { applyElection } from "#storage/election-register.ts";

/** Polls that close soon after the last ballot: extended while ballots come. */

const OPEN_FOR_MS = 60_000;
const EXTENDED_BY_MS = 30_000;
/** Functions keep a definition for 5 s; an extension must reach them before the closing they know. */
const EXTENDED_AHEAD_MS = 20_000;

/** Who is recorded as having made the changes. */
export const OFFICER = "rehearsal";

/** The definition, open since a minute ago for a minute from now. */
export function openingNow(definition: ElectionDefinition, nowMs: number): ElectionDefinition {
  return {
    ...definition,
    opensAt: new Date(nowMs - OPEN_FOR_MS).toISOString(),
    closesAt: new Date(nowMs + OPEN_FOR_MS).toISOString(),
  };
}

/** Votes, and extends the closing of all elections meanwhile. Gives the instant at which they close. */
export async function voteBeforeClosing(
  connection: Connection,
  definitions: readonly ElectionDefinition[],
  vote: () => Promise<void>,
): Promise<number> {
  let closesAtMs = Math.min(...definitions.map(({ closesAt }) => Date.parse(closesAt)));
  let isVoting = true;
  const voting = vote().finally(() => {
    isVoting = false;
  });
  while (isVoting) {
    if (closesAtMs - Date.now() < EXTENDED_AHEAD_MS) {
      closesAtMs += EXTENDED_BY_MS;
      const closesAt = new Date(closesAtMs).toISOString();
      await Promise.all(
        definitions.map((definition) => applyElection(connection, { ...definition, closesAt }, { who: OFFICER })),
      );
    }
    await Promise.race([pause(1_000), voting]);
  }
  await voting;
  return closesAtMs;
}
