import { requireSettled } from "#admin/certification/settled.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { isCertified, isShredded, recordStateChange, shredded } from "#admin/elections/state-changes.ts";
import { removeCounts } from "#admin/elections/stored-items.ts";
import { Refusal } from "#core/refusal.ts";
import { destroyLinks, hasPepper } from "#storage/election-secrets.ts";

/** Destroying the pepper, which links stored hashes to persons, and the key of the request ids, which hold hashes. */

/** Throws Refusal unless the election is certified, or was cancelled and all its ballots are decided: until then its pepper is needed. */
export async function requireShreddable(connection: Connection, electionId: string, atMs = Date.now()): Promise<void> {
  const election = await requireElection(connection, electionId);
  if (election.definition.cancelled !== undefined) {
    if (election.opening !== undefined) await requireSettled(connection, election.definition, atMs);
    return;
  }
  if (!isCertified(election)) {
    throw new Refusal(
      `Election ${electionId} is not certified: its pepper is needed until then.`,
      `L’élection ${electionId} n’est pas certifiée\u00a0: son poivre est nécessaire jusque-là.`,
    );
  }
}

/**
 * Destroys pepper and receipt key of a certified or cancelled election for ever, and records it. Nothing of a cancelled one is counted for
 * that, and no count of it is left. Safe to repeat, also after a crash.
 */
export async function shredPepper(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Readonly<{ who: string; atMs?: number }>,
): Promise<"destroyed" | "already-destroyed"> {
  await requireShreddable(connection, electionId, atMs);
  const { definition } = await requireElection(connection, electionId);
  // What a batch that was under way may have counted since the cancellation.
  if (definition.cancelled !== undefined) await removeCounts(connection, electionId);
  const wasThere = await hasPepper(connection, electionId);
  if (wasThere) await destroyLinks(connection, electionId);
  if (!wasThere && isShredded(await requireElection(connection, electionId))) return "already-destroyed";
  await recordStateChange(connection, electionId, { at: new Date(atMs).toISOString(), what: shredded(), who });
  return "destroyed";
}
