import { DeleteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { importsUnderWay } from "#admin/roll/import-marks.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { votingPhaseAt } from "#core/contest.ts";
import { Refusal } from "#core/refusal.ts";
import {
  type DeletionRecord,
  findDeletion,
  finishDeletion,
  isDeletionKey,
  recordDeletion,
} from "#storage/deleted-elections.ts";
import { findStored, type Stored } from "#storage/election-register.ts";
import { destroySecrets } from "#storage/election-secrets.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Deleting an election that has not opened: its definition, its roll, its secrets. That it was deleted stays on record. */

export type DeleteOptions = Readonly<{
  who: string;
  reason?: string;
  atMs?: number;
  onProgress?: OnProgress;
}>;

export type Deleted = Readonly<{
  record: DeletionRecord;
  /** Secrets that whoever deletes may not destroy; without the pepper they lead nowhere. */
  secretsLeft: readonly string[];
}>;

/** Deletes under way at a time. */
const AT_ONCE = 64;

/** An election that may be deleted. Throws Refusal when there is none of this id, or it has opened. */
export async function requireDeletable(
  connection: Connection,
  electionId: string,
  atMs = Date.now(),
): Promise<Stored | DeletionRecord> {
  const stored = await findStored(connection, electionId);
  if (stored === undefined) {
    const earlier = await findDeletion(connection, electionId);
    if (earlier?.isFinished === false) return earlier;
    throw new Refusal(
      earlier === undefined
        ? `There is no election ${electionId}: see scrutin election list.`
        : `Election ${electionId} was deleted at ${earlier.at} by ${earlier.who}.`,
    );
  }
  if (votingPhaseAt(stored.election, atMs) !== "upcoming") {
    throw new Refusal(
      `Voting in election ${electionId} opened at ${stored.election.definition.opensAt}: it can be deleted until then and never after.`,
    );
  }
  const underWay = importsUnderWay(stored.election);
  if (underWay !== undefined) throw new Refusal(`Election ${electionId}: ${underWay}.`);
  return stored;
}

async function removeAll(
  { documents }: Connection,
  table: Readonly<{ name: string; key: string; sortKey?: string; filter: string; values: Record<string, string> }>,
  isRemoved: (key: string) => boolean,
  onRemoved: (removed: number) => void,
): Promise<void> {
  const names = [table.key, ...(table.sortKey === undefined ? [] : [table.sortKey])];
  async function* keys(): AsyncGenerator<Readonly<Record<string, unknown>>> {
    const pages = paginateScan(
      { client: documents },
      {
        TableName: table.name,
        ConsistentRead: true,
        FilterExpression: table.filter,
        ProjectionExpression: ["#key", "#sortKey"].slice(0, names.length).join(),
        ExpressionAttributeNames: {
          "#key": table.key,
          ...(table.sortKey !== undefined && { "#sortKey": table.sortKey }),
        },
        ExpressionAttributeValues: table.values,
      },
    );
    for await (const { Items = [] } of pages) yield* Items.filter((item) => isRemoved(String(item[table.key])));
  }
  let removed = 0;
  await inFlight(keys(), AT_ONCE, async (Key) => {
    await documents.send(new DeleteCommand({ TableName: table.name, Key }));
    onRemoved(++removed);
  });
}

/**
 * Deletes an election that has not opened, and records it. If it was killed, the same command finishes it. Throws Refusal when it has
 * opened, or is being changed.
 */
export async function deleteElection(
  connection: Connection,
  electionId: string,
  { who, reason, atMs = Date.now(), onProgress }: DeleteOptions,
): Promise<Deleted> {
  const found = await requireDeletable(connection, electionId, atMs);
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
      throw new Refusal(`Somebody else changed election ${electionId} at the same moment: look at it and try again.`);
    }
  }
  // The pepper before the roll: an election that gets the same id finds none of its voters.
  const secretsLeft = await destroySecrets(connection, electionId);
  const { rollTable, votesTable, electionsTable } = connection;
  const ofElection = { key: "hash", filter: "electionId = :id", values: { ":id": electionId } };
  // Nobody can have voted, but codes may have been struck off.
  await removeAll(
    connection,
    { name: votesTable, ...ofElection },
    () => true,
    () => {},
  );
  await removeAll(
    connection,
    { name: rollTable, ...ofElection },
    () => true,
    (done) => {
      onProgress?.({ step: "deleting", done, total: Math.max(done, record.voters) });
    },
  );
  const underId = { filter: "begins_with(#key, :id)", values: { ":id": `${electionId}#` } };
  await removeAll(
    connection,
    { name: connection.biographiesTable, key: "text", sortKey: "part", ...underId },
    () => true,
    () => {},
  );
  const parts = { name: electionsTable, key: "electionId", ...underId };
  await removeAll(
    connection,
    parts,
    (key) => !isDeletionKey(key),
    () => {},
  );
  return { record: await finishDeletion(connection, electionId, record), secretsLeft };
}
