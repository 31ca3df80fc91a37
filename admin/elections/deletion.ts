import { setTimeout as delay } from "node:timers/promises";
import { withBundles } from "#admin/certification/bundles.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { FORGOTTEN_AFTER_MS, itemsOf, removeAll } from "#admin/elections/stored-items.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { isPublic, votingPhaseAt } from "#core/contest.ts";
import { formatInstant } from "#core/instant-words.ts";
import { allKeptOf, publishedAt } from "#core/published-bundle.ts";
import { Refusal } from "#core/refusal.ts";
import { type DeletionRecord, findDeletion, finishDeletion, recordDeletion } from "#storage/deleted-elections.ts";
import { changedMeanwhile } from "#storage/election-changes.ts";
import { destroySecrets, type SecretsLeft } from "#storage/election-secrets.ts";
import { refuseUnderWay } from "#storage/imports-under-way.ts";
import { findStored, type Stored } from "#storage/registered-elections.ts";

/**
 * Deleting an election that has not opened, that never could, or is for rehearsal: its definition, its roll, its ballots, its counts, its secrets. That it
 * was deleted stays on record.
 */

export type DeleteOptions = Readonly<{
  who: string;
  reason?: string;
  atMs?: number;
  /** How long functions may go on with an election that is gone. */
  forgottenAfterMs?: number;
  onProgress?: OnProgress;
}>;

export type Deleted = Readonly<{
  record: DeletionRecord;
  /** Secrets that are not destroyed yet; without the pepper they lead nowhere. */
  secrets: SecretsLeft;
}>;

/** Whether nobody could ever vote, whatever its hours: no opening was stated, and there is nobody on the roll. */
const wasNeverHeld = ({ opening, rollCounts }: Stored["election"]): boolean =>
  opening === undefined && Object.values(rollCounts).every((voters) => voters === 0);

/** An election that may be deleted. Throws Refusal when there is none of this id, or it has opened and is no rehearsal. */
export async function requireDeletable(
  connection: Connection,
  electionId: string,
  atMs = Date.now(),
): Promise<Stored | DeletionRecord> {
  const stored = await findStored(connection, electionId);
  if (stored === undefined) {
    const earlier = await findDeletion(connection, electionId);
    if (earlier?.isFinished === false) return earlier;
    throw earlier === undefined
      ? new Refusal(
          `There is no election ${electionId}: see the list of elections.`,
          `Il n’y a pas d’élection ${electionId}.`,
        )
      : new Refusal(
          `Election ${electionId} was deleted at ${earlier.at} by ${earlier.who}.`,
          `L’élection ${electionId} a été supprimée le ${formatInstant("fr", earlier.at)} par ${earlier.who}.`,
        );
  }
  // What was told to voters stays on record.
  if (isPublic(stored.election)) refuseCancelled(stored.election.definition);
  if (
    isPublic(stored.election) &&
    votingPhaseAt(stored.election, atMs) !== "upcoming" &&
    !wasNeverHeld(stored.election)
  ) {
    const { opensAt, timeZone } = stored.election.definition;
    throw new Refusal(
      `Voting in election ${electionId} opened at ${opensAt}: it can be deleted until then and never after, unless its definition has test: true.`,
      `Le vote de l’élection ${electionId} a ouvert le ${formatInstant("fr", opensAt, timeZone)}\u00a0: elle ne se supprime qu’avant, à moins d’être un essai.`,
    );
  }
  refuseUnderWay(stored.election);
  return stored;
}

/**
 * Deletes an election that has not opened or is for rehearsal, and records it. If it was killed, the same command finishes it. Throws Refusal when it has
 * opened, or is being changed.
 */
export async function deleteElection(
  connection: Connection,
  electionId: string,
  { who, reason, atMs = Date.now(), forgottenAfterMs = FORGOTTEN_AFTER_MS, onProgress }: DeleteOptions,
): Promise<Deleted> {
  const found = await requireDeletable(connection, electionId, atMs);
  const wasOpen = "isFinished" in found || votingPhaseAt(found.election, atMs) === "open";
  let record: DeletionRecord;
  if ("isFinished" in found) record = found;
  else {
    const { title } = found.election.definition;
    const voters = Object.values(found.election.rollCounts).reduce((sum, count) => sum + count, 0);
    const at = new Date(atMs).toISOString();
    record = {
      ...{ title: `${title.fr} / ${title.en}`, at, who, voters, isFinished: false },
      ...(reason !== undefined && { reason }),
    };
    if (
      !(await recordDeletion(connection, electionId, { ...found.attributes, importsBegun: found.importsBegun }, record))
    ) {
      throw changedMeanwhile(electionId);
    }
  }
  // The pepper before the roll: an election that gets the same id finds none of its voters.
  const secrets = await destroySecrets(connection, electionId);
  const { roll, counts, others } = itemsOf(connection, electionId);
  await removeAll(connection, roll, (done) => {
    onProgress?.({ step: "deleting", done, total: Math.max(done, record.voters) });
  });
  // What functions knew of an open election is forgotten by then, and with the roll gone nothing more is accepted.
  if (wasOpen) await delay(forgottenAfterMs);
  for (const items of [...others, ...counts]) await removeAll(connection, items);
  // Only an election for rehearsal can have been certified.
  if (!("isFinished" in found) && found.election.bundle === undefined) {
    return { record: await finishDeletion(connection, electionId, record), secrets };
  }
  await withBundles(connection, async (bundles) => {
    for (const prefix of [publishedAt(electionId), allKeptOf(electionId)]) await bundles.removeAll(prefix);
  });
  return { record: await finishDeletion(connection, electionId, record), secrets };
}
