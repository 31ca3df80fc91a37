import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { IDENTIFIER_FORM } from "#core/election.ts";
import { MARKED } from "#core/selection.ts";
import { growth, type OptionCounts, optionKey, sumOf } from "#load/shared/accounting.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";
import { cellName, contestKey, electionOf, readCell } from "#storage/keys.ts";
import { isTurnout } from "#storage/turnout-sheet.ts";

/** Watches the count on the tally sheets, since answers of the results routes are up to 2 s old. */

const TallyRow = z
  .object({ sheet: z.string(), row: z.string(), lastSequenceNumber: z.string().optional() })
  .catchall(z.number());

export type CellCount = Readonly<{ contest: string; interpretation: string; count: number }>;

/** What these items of the tallies count, without turnout. @throws ZodError when they are not tally rows */
export function countsIn(items: unknown): readonly CellCount[] {
  return z
    .array(TallyRow)
    .parse(items)
    .flatMap(({ sheet, row: _, lastSequenceNumber: __, ...counts }) => {
      const electionId = electionOf(sheet);
      if (electionId === undefined || isTurnout(sheet)) return [];
      return Object.entries(counts).flatMap(([attribute, count]) => {
        const cell = readCell(attribute);
        if (cell === undefined) return [];
        // Where ballots mark names, each is counted once: under MARKED, BLANK or SPOILED.
        const isMark = cellName(cell.regionId, MARKED) in counts && IDENTIFIER_FORM.test(cell.interpretation);
        if (isMark) return [];
        return [{ contest: contestKey(electionId, cell.regionId), interpretation: cell.interpretation, count }];
      });
    });
}

export type Look = Readonly<{
  atMs: number;
  /** Votes counted since the watch began. */
  counted: number;
  /** Messages in the queue, including those in flight. */
  waiting: number;
}>;

const LOOK_EVERY_MS = 150;
/** Looks take at most a quarter of the time: with a row per ranking, reading them all is work. */
const TIMES_A_LOOK = 3;
const STILL_FOR_MS = 1_000;
const GIVE_UP_AFTER_MS = 30_000;

export function watchCount(system: SystemUnderLoad) {
  const connection = connectTo(system);
  const { documents, sqs, talliesTable, votesQueueUrl } = connection;

  const read = async (): Promise<OptionCounts> => {
    const counts = new Map<string, number>();
    const pages = paginateScan({ client: documents }, { TableName: talliesTable, ConsistentRead: true });
    for await (const { Items } of pages) {
      for (const { contest, interpretation, count } of countsIn(Items ?? [])) {
        const option = optionKey(contest, interpretation);
        counts.set(option, (counts.get(option) ?? 0) + count);
      }
    }
    return counts;
  };

  const waiting = async (): Promise<number> => {
    const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const command = new GetQueueAttributesCommand({ QueueUrl: votesQueueUrl, AttributeNames: [...AttributeNames] });
    const { Attributes } = await sqs.send(command);
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  };

  return {
    read,
    /**
     * Waits until the expected votes are counted, the queue is empty and nothing changed for a second; or, with votes missing,
     * until nothing changed for half a minute. The last count's time is at most one look late.
     * @param expected votes that must be counted, known once all are posted; rejects with it
     */
    async settle(before: OptionCounts, expected: Promise<number>, onLook?: (look: Look) => void) {
      let due: number | undefined;
      const posted = expected.then((votes) => {
        due = votes;
      });
      // Looks slow the system down: without a listener they begin once all is posted.
      if (onLook === undefined) await posted;
      let counted = 0;
      let lastCountAtMs = Date.now();
      let givesUpAtMs = Number.POSITIVE_INFINITY;
      for (;;) {
        const lookMs = performance.now();
        const after = await read();
        const nowMs = Date.now();
        const grown = sumOf(growth(before, after));
        if (grown !== counted) {
          counted = grown;
          lastCountAtMs = nowMs;
          givesUpAtMs = Number.POSITIVE_INFINITY;
        }
        if (onLook !== undefined) onLook({ atMs: nowMs, counted, waiting: await waiting() });
        if (due !== undefined) {
          givesUpAtMs = Math.min(givesUpAtMs, nowMs + GIVE_UP_AFTER_MS);
          const isStill = nowMs - lastCountAtMs >= STILL_FOR_MS;
          if (nowMs >= givesUpAtMs || (counted >= due && isStill && (await waiting()) === 0)) {
            return { after, lastCountAtMs };
          }
        }
        // Rejects at once when posting fails.
        const restMs = Math.max(LOOK_EVERY_MS, TIMES_A_LOOK * (performance.now() - lookMs));
        await Promise.race([pause(restMs), posted.then(() => pause(restMs))]);
      }
    },
    [Symbol.dispose]: (): void => connection.close(),
  };
}
