import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { growth, type OptionCounts, optionKey, sumOf } from "#load/shared/accounting.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";
import { contestKey, electionOf, readCell } from "#storage/keys.ts";
import { isTurnout } from "#storage/turnout-sheet.ts";

/** Watching the count on the tally sheets: the results routes' answers are up to 2 s old. */

const TallyRow = z
  .object({ sheet: z.string(), row: z.string(), lastSequenceNumber: z.string().optional() })
  .catchall(z.number());

/** One count as it stands in the tallies. */
export type CellCount = Readonly<{ contest: string; interpretation: string; count: number }>;

/** What these items of the tallies count, turnout left out. @throws ZodError when they are none */
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
        return [{ contest: contestKey(electionId, cell.regionId), interpretation: cell.interpretation, count }];
      });
    });
}

/** What is seen at one moment. */
export type Look = Readonly<{
  /** Milliseconds of the epoch. */
  atMs: number;
  /** Votes counted since the watch began. */
  counted: number;
  /** Messages in the queue, including those in flight. */
  waiting: number;
}>;

export type CountWatch = Readonly<{
  /** Everything counted so far, by option. */
  read(): Promise<OptionCounts>;
  /**
   * Waits until the expected votes are counted, the queue is empty and nothing changed for a second; or, with votes missing,
   * until nothing changed for half a minute.
   * @param expected votes that must be counted, known once all are posted; rejects with it
   */
  settle(before: OptionCounts, expected: Promise<number>, onLook?: (look: Look) => void): Promise<Settled>;
  close(): void;
}>;

export type Settled = Readonly<{
  after: OptionCounts;
  /** When the tallies last changed, in milliseconds of the epoch; at most one look late. */
  lastCountAtMs: number;
}>;

const LOOK_EVERY_MS = 150;
/** Looks take at most a quarter of the time: with a row for each ranking, reading all of them is work. */
const TIMES_A_LOOK = 3;
const STILL_FOR_MS = 1_000;
const GIVE_UP_AFTER_MS = 30_000;

/** Watches the tallies and the queue of a running system. */
export function watchCount(system: SystemUnderLoad): CountWatch {
  const { documents, sqs, talliesTable, votesQueueUrl, close } = connectTo(system);

  const read = async (): Promise<OptionCounts> => {
    const counts = new Map<string, number>();
    for await (const { Items } of paginateScan(
      { client: documents },
      { TableName: talliesTable, ConsistentRead: true },
    )) {
      for (const { contest, interpretation, count } of countsIn(Items ?? [])) {
        const option = optionKey(contest, interpretation);
        counts.set(option, (counts.get(option) ?? 0) + count);
      }
    }
    return counts;
  };

  const waiting = async (): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: votesQueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
  };

  return {
    read,
    async settle(before, expected, onLook) {
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
    close,
  };
}
