import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { ElectionDefinition } from "#core/election.ts";
import { sumContestTallies } from "#core/recount.ts";
import type { Selection } from "#core/selection.ts";
import type { RecountTask } from "#functions/recount/contract.ts";
import { createRecountHandler } from "#functions/recount/handler.ts";
import { countSegment } from "#functions/recount/segment.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { readCell } from "#storage/keys.ts";
import { secretsManager } from "#storage/secrets.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { openOffice } from "#test/admin/office.ts";
import type { HandedIn } from "#test/admin/polling-day.ts";

/** The scheduled recount on real tables, with a clock that only its waiting moves. */

export const STILL_SECONDS = 2;
const HOUR_MS = 3_600_000;
export const at = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
export const OPEN = { opensAt: at(-1), closesAt: at(1) };

export const oui: Selection = { kind: "choice", choice: "oui" };
export const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
export const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

/** Each election's metrics. */
export type Found = Record<string, Record<string, number>>;

type Running = Readonly<{
  /** How much of Lambda's time is left at the start. */
  remainingMs?: number;
  /** What happens while the recount waits. */
  meanwhile?: (ms: number) => Promise<void>;
}>;

/** One cell of a row, and what it counts. */
export type Cell = Readonly<{ sheet: string; row: string; cell: string; count: number }>;

export async function openRecounts() {
  const office = await openOffice();
  const { dynamodb, documents, secrets, electionsTable: elections, votesTable } = office.connection;
  const tallies = talliesTable(dynamodb, office.connection.talliesTable);
  const keys = ballotKeys(secretsManager(secrets), {
    ballotKeys: `${office.outputs.SecretPrefix}/ballot-key/`,
    stampKeys: `${office.outputs.SecretPrefix}/stamp-key/`,
  });

  const update = ({ sheet, row, cell }: Cell, expression: string, values?: Record<string, number>) =>
    documents.send(
      new UpdateCommand({
        TableName: office.connection.talliesTable,
        Key: { sheet, row },
        UpdateExpression: expression,
        ExpressionAttributeNames: { "#cell": cell },
        ExpressionAttributeValues: values,
      }),
    );

  return {
    office,

    /** Runs the task once. */
    async run(
      task: RecountTask["task"],
      { remainingMs = 60_000, meanwhile = async () => {} }: Running = {},
    ): Promise<Found> {
      const found: Found = {};
      const tell = (electionId: string, measured: Record<string, number>): void => {
        found[electionId] = { ...found[electionId], ...measured };
      };
      const startedMs = Date.now();
      let waitedMs = 0;
      const handler = createRecountHandler({
        elections: electionsTable(dynamodb, elections),
        tallies,
        countBox: async (counted) =>
          sumContestTallies(
            await Promise.all(
              [0, 1].map((segment) => countSegment(dynamodb, votesTable, counted, keys, { segment, of: 2 })),
            ),
          ),
        stillForMs: STILL_SECONDS * 1000,
        now: () => startedMs + waitedMs,
        async pause(ms) {
          waitedMs += ms;
          await meanwhile(ms);
        },
        tellOpen: (electionId, isOpen) => tell(electionId, { VotingOpen: isOpen ? 1 : 0 }),
        tellUnstated: (electionId) => tell(electionId, { OpeningsNotStated: 1 }),
        tellFinding: (electionId, { ballots: recounted, disagreements }) =>
          tell(electionId, { BallotsRecounted: recounted, TallyDisagreements: disagreements }),
      });
      await handler({ task }, { getRemainingTimeInMillis: () => remainingMs - waitedMs });
      return found;
    },

    /** A region's counts, by shard. */
    async cellsOf(definition: ElectionDefinition, region: string): Promise<readonly Cell[]> {
      const rows = await tallies.rowsOf(definition);
      return rows.flatMap(({ sheet, row, counts }) =>
        [...counts].flatMap(([cell, count]) =>
          readCell(cell)?.regionId === region ? [{ sheet, row, cell, count }] : [],
        ),
      );
    },

    put: (cell: Cell) => update(cell, "SET #cell = :count", { ":count": cell.count }),
    remove: (cell: Cell) => update(cell, "REMOVE #cell"),
  };
}
export type Recounts = Awaited<ReturnType<typeof openRecounts>>;

/** Does something each time this much of the recount's time has passed. */
export function every(stepMs: number, step: () => Promise<void>): (ms: number) => Promise<void> {
  let passedMs = 0;
  return async (ms) => {
    for (passedMs += ms; passedMs >= stepMs; passedMs -= stepMs) await step();
  };
}
