import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { isCertified, isShredded, recordStateChange, shredded } from "#admin/elections/state-changes.ts";
import { Refusal } from "#core/refusal.ts";
import { destroyLinks, readPepper } from "#storage/election-secrets.ts";

/** Destroying the pepper, which links stored hashes to persons, and the key of the request ids, which hold hashes. */

/** Throws Refusal unless the election is certified: until then its pepper is needed. */
export async function requireCertified(connection: Connection, electionId: string): Promise<void> {
  if (!isCertified(await requireElection(connection, electionId))) {
    throw new Refusal(`Election ${electionId} is not certified: its pepper is needed until then.`);
  }
}

/** Destroys pepper and receipt key of a certified election for ever, and records it. Safe to repeat, also after a crash. */
export async function shredPepper(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Readonly<{ who: string; atMs?: number }>,
): Promise<"destroyed" | "already-destroyed"> {
  await requireCertified(connection, electionId);
  const wasThere = (await readPepper(connection, electionId)) !== undefined;
  if (wasThere) await destroyLinks(connection, electionId);
  if (!wasThere && isShredded(await requireElection(connection, electionId))) return "already-destroyed";
  await recordStateChange(connection, electionId, { at: new Date(atMs).toISOString(), what: shredded(), who });
  return "destroyed";
}
