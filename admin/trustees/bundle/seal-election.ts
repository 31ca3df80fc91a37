import { createSecretKey } from "node:crypto";
import { requireSettled } from "#admin/certification/settled.ts";
import { readStoredBallots } from "#admin/certification/stored-ballots.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { boxSealed, recordStateChange } from "#admin/elections/state-changes.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { type Bundle, readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { makeBundle } from "#admin/trustees/bundle/seal.ts";
import { isTrustees } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { readStampKey, stampKeyLost } from "#storage/election-secrets.ts";
import { ensureSigningKey } from "#storage/signing-key.ts";

/** The officer seals the box of a closed election, and gives the bundle to the trustees. */

export type SealElectionOptions = Readonly<{
  ceremony: string;
  roll: string;
  out: string;
  /** Who is recorded as having sealed it. */
  who: string;
  atMs?: number;
  onProgress?: OnProgress;
}>;

/** Throws Refusal while voting is open or a ballot is undecided, and for an election that no trustees open. */
export async function sealElection(
  connection: Connection,
  electionId: string,
  { ceremony, roll, out, who, atMs = Date.now(), onProgress }: SealElectionOptions,
): Promise<Bundle> {
  const { definition, opening } = await requireElection(connection, electionId);
  refuseCancelled(definition);
  if (!isTrustees(definition)) {
    throw new EnglishRefusal(
      `Election ${electionId} has the level of trust "live": no trustees open its box. scrutin certify ${electionId} does.`,
    );
  }
  if (opening === undefined) {
    throw new EnglishRefusal(`The opening of election ${electionId} was never stated, so nobody could vote in it.`);
  }
  await requireSettled(connection, definition, atMs);
  const stampKey = await readStampKey(connection, electionId);
  if (stampKey === undefined) throw stampKeyLost(electionId);
  await makeBundle({
    ...{ ceremony, roll, opening, out, onProgress },
    stampKey: createSecretKey(stampKey),
    signingKey: await ensureSigningKey(connection, electionId),
    read: (onPage) => readStoredBallots(connection, electionId, onPage),
  });
  const bundle = await readBundle(out);
  const at = new Date(atMs).toISOString();
  await recordStateChange(connection, electionId, { at, what: boxSealed(bundle.box.sha256), who });
  return bundle;
}
