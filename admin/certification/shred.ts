import type { Connection } from "#admin/connection/connection.ts";
import { isCertified, isShredded, recordStateChange, shredded } from "#admin/elections/state-changes.ts";
import { Refusal } from "#core/refusal.ts";
import { findElection } from "#storage/election-register.ts";
import { destroyPepper, readPepper } from "#storage/election-secrets.ts";

/** Destroying what links the stored hashes to persons, once an election is certified. */

/** Throws Refusal unless the election is certified: only then is nothing left that needs the pepper. */
export async function requireCertified(connection: Connection, electionId: string): Promise<void> {
  const election = await findElection(connection, electionId);
  if (election === undefined) throw new Refusal(`There is no election ${electionId}.`);
  if (!isCertified(election)) {
    throw new Refusal(`Election ${electionId} is not certified: its pepper is needed until then.`);
  }
}

/**
 * Destroys the pepper of a certified election, without recovery, and records it. Safe to repeat: what an earlier attempt left
 * undone is done. Answers whether there was anything left to do.
 */
export async function shredPepper(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Readonly<{ who: string; atMs?: number }>,
): Promise<"destroyed" | "already-destroyed"> {
  await requireCertified(connection, electionId);
  const wasThere = (await readPepper(connection, electionId)) !== undefined;
  if (wasThere) await destroyPepper(connection, electionId);
  const election = await findElection(connection, electionId);
  if (!wasThere && election !== undefined && isShredded(election)) return "already-destroyed";
  await recordStateChange(connection, electionId, { at: new Date(atMs).toISOString(), what: shredded(), who });
  return "destroyed";
}
