import { createSecretKey } from "node:crypto";
import { basename } from "node:path";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection.ts";
import { readPepper } from "#admin/election-secrets.ts";
import { findElection } from "#admin/elections.ts";
import { inBatches, inFlight } from "#admin/in-flight.ts";
import type { OnProgress } from "#admin/progress.ts";
import { Refusal } from "#admin/refusal.ts";
import { type BadRow, type GoodRow, type RowInFile, readRollFile, rollFileBytes } from "#admin/roll-file.ts";
import { countByRegion, MOST_READ_AT_ONCE, readRegions, writeEntries } from "#admin/roll-table.ts";
import { contestRegionIds, phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";

/**
 * Puts a file of voters on an election's roll. The file is read twice: once to check every row, against the election and
 * against the roll as it is, and once to write. Only voters who are missing are written, so an import can be repeated,
 * resumed after a crash, and run while people vote.
 */

export type ImportOptions = Readonly<{
  /** Import the good rows although others are bad. */
  skipBad?: boolean;
  onProgress?: OnProgress;
  atMs?: number;
}>;

export type ImportSummary = Readonly<{
  /** Voters put on the roll. */
  imported: number;
  /** Rows whose voter was on the roll before, or is named by an earlier row. */
  alreadyThere: number;
  /** Rows left out. */
  bad: number;
  /** The first of them in the order of lines, at most BAD_ROWS_TOLD. */
  badRows: readonly BadRow[];
  /** Everybody on this election's roll now, by region. */
  rollCounts: Readonly<Record<string, number>>;
}>;

const BAD_ROWS_TOLD = 20;
const BATCHES_IN_FLIGHT = 8;

type Fault = Readonly<{ count: number; rows: readonly BadRow[] }>;

/** Collects bad rows, and keeps the first lines of them. */
function faultList() {
  let rows: BadRow[] = [];
  let count = 0;
  return {
    add(row: BadRow) {
      count++;
      // Batches finish in any order.
      rows = [...rows, row].sort((a, b) => a.line - b.line).slice(0, BAD_ROWS_TOLD);
    },
    list: (): Fault => ({ count, rows }),
  };
}

/** "3 bad rows", then a line for each of the first. */
export function describeBadRows(bad: number, badRows: readonly BadRow[]): string {
  const lines = badRows.map(({ line, problem }) => `  line ${line}: ${problem}`);
  if (bad > badRows.length) lines.push(`  and ${(bad - badRows.length).toLocaleString("en-CA")} more`);
  return [`${bad.toLocaleString("en-CA")} bad ${bad === 1 ? "row" : "rows"}`, ...lines].join("\n");
}

type Pass = Readonly<{ rows: number; repeated: number; faults: Fault }>;

/**
 * Goes through the file once. `handle` gets the good rows in batches of distinct voters, with those who are on the roll
 * in this region already left out.
 */
async function passThrough(
  connection: Connection,
  rows: AsyncIterable<RowInFile>,
  onRow: (rows: number, bytesRead: number) => void,
  handle: (missing: readonly GoodRow[]) => Promise<void>,
): Promise<Pass & Readonly<{ present: number }>> {
  const faults = faultList();
  let seen = 0;
  let repeated = 0;
  let present = 0;
  async function* distinctVoters(): AsyncGenerator<GoodRow> {
    for await (const { row, bytesRead } of rows) {
      onRow(++seen, bytesRead);
      if ("problem" in row) faults.add(row);
      else if (row.repeated) repeated++;
      else yield row;
    }
  }
  await inFlight(inBatches(distinctVoters(), MOST_READ_AT_ONCE), BATCHES_IN_FLIGHT, async (batch) => {
    const regions = await readRegions(
      connection,
      batch.map(({ hash }) => hash),
    );
    const missing: GoodRow[] = [];
    for (const row of batch) {
      const there = regions.get(row.hash);
      if (there === undefined) missing.push(row);
      else if (there === row.regionId) present++;
      else faults.add({ line: row.line, problem: `this voter is already on the roll in region ${there}` });
    }
    await handle(missing);
  });
  return { rows: seen, repeated, present, faults: faults.list() };
}

/** Counts the roll and stores the figures that turnout is measured against. */
async function recount(
  connection: Connection,
  definition: ElectionDefinition,
  expected: number,
  onProgress: OnProgress | undefined,
): Promise<Record<string, number>> {
  let done = 0;
  const counted = await countByRegion(connection, definition.electionId, (items) => {
    done += items;
    onProgress?.({ step: "counting", done, total: Math.max(done, expected) });
  });
  const rollCounts = {
    ...Object.fromEntries(contestRegionIds(definition).map((regionId) => [regionId, 0])),
    ...Object.fromEntries(counted),
  };
  await connection.documents.send(
    new UpdateCommand({
      TableName: connection.electionsTable,
      Key: { electionId: definition.electionId },
      UpdateExpression: "SET rollCounts = :rollCounts",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":rollCounts": rollCounts },
    }),
  );
  return rollCounts;
}

/**
 * Imports a roll for a registered election, before or during voting. Throws Refusal, having written nothing, when a row
 * is bad and `skipBad` is not set; no message repeats a credential.
 */
export async function importRoll(
  connection: Connection,
  electionId: string,
  file: string,
  { skipBad = false, onProgress, atMs = Date.now() }: ImportOptions = {},
): Promise<ImportSummary> {
  const election = await findElection(connection, electionId);
  if (election === undefined) throw new Refusal(`There is no election ${electionId}: apply its definition first.`);
  const { definition } = election;
  if (phaseAt(definition, atMs) === "closed") {
    throw new Refusal(`Voting in election ${electionId} has closed: nobody can be put on its roll any more.`);
  }
  const secret = await readPepper(connection, electionId);
  if (secret === undefined) throw new Refusal(`The pepper of election ${electionId} was destroyed: its roll is final.`);
  const pepper = createSecretKey(secret);

  const fileBytes = await rollFileBytes(file);
  const checked = await passThrough(
    connection,
    readRollFile(file, definition, pepper),
    (rows, bytesRead) =>
      onProgress?.({ step: "checking", done: rows, total: Math.max(rows, Math.round((rows * fileBytes) / bytesRead)) }),
    async () => {},
  );
  const { faults } = checked;
  if (faults.count > 0 && !skipBad) {
    throw new Refusal(`${basename(file)}: nothing was imported, for ${describeBadRows(faults.count, faults.rows)}`);
  }

  let imported = 0;
  const written = await passThrough(
    connection,
    readRollFile(file, definition, pepper),
    (rows) => onProgress?.({ step: "importing", done: rows, total: Math.max(rows, checked.rows) }),
    async (missing) => {
      await writeEntries(connection, electionId, missing);
      imported += missing.length;
    },
  );
  const rollCounts = await recount(connection, definition, imported + written.present, onProgress);
  return {
    imported,
    alreadyThere: written.present + written.repeated,
    bad: written.faults.count,
    badRows: written.faults.rows,
    rollCounts,
  };
}
