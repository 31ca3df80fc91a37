import { createSecretKey } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { electionWithKeys } from "#admin/certification/election-with-keys.ts";
import { readerFor } from "#admin/certification/interpreter.ts";
import { judge } from "#admin/certification/judged-ballots.ts";
import { repeatedKeys } from "#admin/certification/repeated-keys.ts";
import { requireSettled } from "#admin/certification/settled.ts";
import { readStoredBallots } from "#admin/certification/stored-ballots.ts";
import { type Replacement, replaceRows } from "#admin/certification/tally-rows.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { toBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { type ContestTallies, type Disagreement, disagreements } from "#core/recount.ts";
import { Refusal } from "#core/refusal.ts";
import { countBallot, SPOILED } from "#core/selection.ts";
import { turnoutStep } from "#core/turnout.ts";
import { isReceived } from "#storage/ballot-reader.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { aloneIn, sheetKey } from "#storage/keys.ts";
import type { Stamped } from "#storage/stamp.ts";
import { type TallyRow, talliesIn, talliesTable } from "#storage/tallies-table.ts";
import { placeOf } from "#storage/tally-sheet.ts";
import { TURNOUT } from "#storage/turnout-sheet.ts";

/**
 * Recounting an election from its stored ballots, and replacing tallies that differ. Only after closing and with empty queues:
 * until then the stream's shards add to the same rows.
 */

export type Recount = Readonly<{
  /** Stored ballots that were opened. */
  ballots: number;
  /** Empty when the tallies are what the stored ballots say. The contest is TURNOUT for the count of ballots over time. */
  differences: readonly Disagreement[];
  swapped: boolean;
}>;

export type RecountOptions = Readonly<{
  /** Replace the rows that differ. */
  swap: boolean;
  who: string;
  atMs?: number;
  /** How long the tallies must stand still before they are replaced, in milliseconds. */
  stillForMs?: number;
}>;

/** Longer than the stream takes to fill and count a batch. */
const STILL_FOR_MS = 10_000;

/** Tracking codes put on the board in one row; it holds 30,000. */
const POSTED_AT_ONCE = 10_000;

function compare(rows: readonly TallyRow[], recounted: ContestTallies): readonly Disagreement[] {
  const tallied = talliesIn(rows);
  const inOrder = new Map([...recounted.keys()].map((contest) => [contest, tallied.get(contest) ?? new Map()]));
  return disagreements(inOrder, recounted);
}

/** A key for the rows of all shards that count the same, which are replaced together. */
const replacedTogether = (sheet: string, alone: string): string => `${sheet}\n${alone}`;

/** Corrects the differing counts, those in the same rows together. */
async function replaceCounts(
  connection: Connection,
  definition: ElectionDefinition,
  rows: readonly TallyRow[],
  differences: readonly Disagreement[],
  shardId: string,
): Promise<void> {
  const replaceable = Map.groupBy(rows, ({ sheet, row }) => replacedTogether(sheet, aloneIn(row)));
  const replacements = new Map<string, Replacement & { changes: Map<string, number> }>();
  for (const { contest, interpretation, tallied, recounted } of differences) {
    const { sheet: sheetName, alone, cell } = placeOf(definition, contest, interpretation);
    const sheet = sheetKey(definition.electionId, sheetName);
    const which = replacedTogether(sheet, alone);
    const replacement = replacements.get(which) ?? { sheet, alone, shardId, changes: new Map<string, number>() };
    replacements.set(which, replacement);
    replacement.changes.set(cell, recounted - tallied);
  }
  for (const [which, replacement] of replacements) {
    await replaceRows(connection, replaceable.get(which) ?? [], replacement);
  }
}

/**
 * Recounts an election and compares it with the tallies. With `swap`, rows that differ are replaced by a row
 * `recount-<time>`, once the tallies have stood still for a while: a late count needs no repair.
 */
export async function recountTallies(
  connection: Connection,
  electionId: string,
  { swap, who, atMs = Date.now(), stillForMs = STILL_FOR_MS }: RecountOptions,
): Promise<Recount> {
  const { election, keys } = await electionWithKeys(connection, electionId);
  await requireSettled(connection, election.definition, atMs);
  const read = readerFor({ definition: election.definition, opening: election.opening.sha256 }, keys);
  const stampKey = createSecretKey(keys.stampKey);
  const repeated = await repeatedKeys((tell) =>
    readStoredBallots(connection, electionId, async (page) => {
      for (const ballot of page) if (isReceived(stampKey, ballot)) tell(toBase64Url(ballot.oneTimeKey));
    }),
  );

  const contests = [...contestRegionIds(election.definition), TURNOUT];
  const recounted = new Map(contests.map((contest) => [contest, new Map<string, number>()]));
  const count = (contest: string, interpretation: string): void => {
    const tally = recounted.get(contest);
    if (tally === undefined) throw new Error(`a stored ballot is for region ${contest}, which is not there`);
    countBallot(tally, interpretation);
  };
  const trackingCodes: string[] = [];
  let ballots = 0;
  const countReceived = ({ trackingCode, castAt }: Stamped): void => {
    count(TURNOUT, turnoutStep(castAt));
    trackingCodes.push(trackingCode);
  };
  // What only the roll can judge: few, unless somebody wrote many. The tallies count everything else without it.
  const doubtful: Stamped[] = [];
  await readStoredBallots(connection, electionId, async (page) => {
    for (const ballot of page) {
      const found = await read(ballot);
      if (found === undefined || (found.isStamped && repeated.has(toBase64Url(ballot.oneTimeKey)))) {
        doubtful.push(ballot);
        continue;
      }
      ballots++;
      count(found.regionId, found.interpretation);
      if (found.isStamped) countReceived(ballot);
    }
  });
  const judged = await judge(connection, read, doubtful);
  const shared = await repeatedKeys(async (tell) => {
    for (const { ballot, standing } of judged) if (standing === "cast") tell(toBase64Url(ballot.oneTimeKey));
  });
  for (const { ballot, regionId, interpretation, standing } of judged) {
    ballots++;
    const isShared = standing === "cast" && shared.has(toBase64Url(ballot.oneTimeKey));
    count(regionId, isShared ? SPOILED : interpretation);
    if (standing !== "strike-not-on-roll") countReceived(ballot);
  }

  const tallies = talliesTable(connection.dynamodb, connection.talliesTable);
  const rows = await tallies.rowsOf(election.definition);
  const differences = compare(rows, recounted);
  if (!swap || differences.length === 0) return { ballots, differences, swapped: false };

  await pause(stillForMs);
  const later = compare(await tallies.rowsOf(election.definition), recounted);
  if (JSON.stringify(later) !== JSON.stringify(differences)) {
    throw new Refusal(
      `The tallies of election ${electionId} are still changing: wait until all ballots are counted.`,
      `Les comptes de l’élection ${electionId} changent encore\u00a0: attendez que tous les bulletins soient comptés.`,
    );
  }
  const at = new Date(atMs).toISOString();
  // Where the stream lost records, the board lacks ballots too.
  const board = bulletinBoardTable(connection.dynamodb, connection.boardTable);
  for (let start = 0; start < trackingCodes.length; start += POSTED_AT_ONCE) {
    const codes = trackingCodes.slice(start, start + POSTED_AT_ONCE);
    await board.post(electionId, codes, { ms: Date.now(), place: `recount#${start}` });
  }
  await replaceCounts(connection, election.definition, rows, differences, `recount-${at}`);
  const what: Recorded = `tallies recounted from ${ballots} ballots, ${differences.length} counts replaced`;
  await recordStateChange(connection, electionId, { at, what, who });
  return { ballots, differences, swapped: true };
}
