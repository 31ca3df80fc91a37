import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ElectionDefinition } from "#core/election.ts";
import type { OpenElection } from "#load/shared/demo-elections.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";
import { applyElection, findElection } from "#storage/election-register.ts";

/** An election made for one run, whose polls close in its middle. It stays registered afterwards, closed. */

const WHO = "load";
const BEFORE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Functions keep a definition for 5 s. */
const KNOWN_AFTER_MS = 6_000;

export type ClosingElection = Readonly<{
  election: OpenElection;
  /** Opens the polls, and closes them so long after that functions know of it. Resolves once they do. */
  openFor(ms: number): Promise<void>;
}>;

/** Registers an election like the given one, not open yet: only such a one may still change its hours. */
export async function registerClosingElection(
  system: SystemUnderLoad,
  like: ElectionDefinition,
  nowMs: number,
): Promise<ClosingElection> {
  const connection = connectTo(system);
  const electionId = `load-${randomBytes(4).toString("hex")}`;
  const at = (opensAtMs: number, closesAtMs: number): ElectionDefinition => ({
    ...like,
    electionId,
    opensAt: new Date(opensAtMs).toISOString(),
    closesAt: new Date(closesAtMs).toISOString(),
  });
  const definition = at(nowMs + HOUR_MS, nowMs + 2 * HOUR_MS);
  await applyElection(connection, definition, { who: WHO });
  const { publicKey = "" } = (await findElection(connection, electionId)) ?? {};
  return {
    election: { definition, publicKey },
    async openFor(ms) {
      const openedAtMs = Date.now();
      await applyElection(connection, at(openedAtMs - BEFORE_MS, openedAtMs + KNOWN_AFTER_MS + ms), { who: WHO });
      connection.close();
      await pause(KNOWN_AFTER_MS);
    },
  };
}
