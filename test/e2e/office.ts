import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import { type Connection, connect, StackOutputs } from "#admin/connection/connection.ts";
import { cancelElection } from "#admin/elections/cancellation.ts";
import { stateOpening as state } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { ballotsIn } from "#core/results.ts";
import { partKeys } from "#storage/definition-parts.ts";
import { applyElection } from "#storage/election-register.ts";
import { publishedTable } from "#storage/published-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { type HandedIn, prepareBallots } from "#test/admin/polling-day.ts";

export async function inOffice<T>(act: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connect(StackOutputs.parse(inject("outputs")), inject("endpoints"));
  try {
    return await act(connection);
  } finally {
    connection.close();
  }
}

const WHO = { who: "the suite" };

/** Registers an election in the system under test as an officer would. Nobody can vote before its opening is stated. */
export function registerUnstated(definition: ElectionDefinition): Promise<void> {
  return inOffice(async (connection) => void (await applyElection(connection, definition, WHO)));
}

/** States what is fixed before voting. */
export function stateOpening(electionId: string): Promise<void> {
  return inOffice(async (connection) => void (await state(connection, electionId, WHO)));
}

/** Registers an election, and states its opening if its hours have come. */
export async function register(definition: ElectionDefinition): Promise<void> {
  await registerUnstated(definition);
  if (phaseAt(definition, Date.now()) === "open") await stateOpening(definition.electionId);
}

/** Cancels an election. @param reason in both languages */
export function cancel(electionId: string, reason: string): Promise<void> {
  return inOffice(async (connection) => {
    await cancelElection(connection, electionId, { ...WHO, reason: { fr: reason, en: reason }, forgottenAfterMs: 0 });
  });
}

/** Removes an election from the system under test, as nobody can from a real one. */
export function forget(electionId: string): Promise<void> {
  return inOffice(async ({ documents, electionsTable: TableName }) => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { electionId } }));
    for (const key of [electionId, ...partKeys(electionId, String(Item?.definition))]) {
      await documents.send(new DeleteCommand({ TableName, Key: { electionId: key } }));
    }
  });
}

/** Imports a file of voters into an election's roll. */
export function enrol(electionId: string, file: string): Promise<void> {
  return inOffice(async (connection) => void (await importRoll(connection, electionId, file)));
}

/** The ballots of a contest that are shown next, in an election whose results are shown in steps. */
export function setAside(electionId: string, regionId: string): Promise<number> {
  return inOffice(async ({ dynamodb, publishedTable: table }) => {
    const { state } = await publishedTable(dynamodb, table).find(electionId);
    return ballotsIn(state.contests.get(regionId)?.next ?? new Map());
  });
}

/** Puts a ballot into the box past `submit`, as whoever may write to the table could. */
export function smuggle(vote: VoteMessage): Promise<void> {
  return inOffice(async ({ dynamodb, votesTable: table }) => {
    const [outcome] = await votesTable(dynamodb, table).cast([vote]);
    if (outcome !== "stored") throw new Error(`the ballot was not stored: ${outcome}`);
  });
}

/** Registers an election whose hours are past, with these ballots in its box, which the system counts. */
export async function hold(
  definition: ElectionDefinition,
  roll: Readonly<Record<string, number>>,
  handedIn: readonly HandedIn[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-held-"));
  const file = async (name: string, text: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  try {
    await inOffice(async (connection) => {
      const { votes } = await prepareBallots({ connection, file }, definition, roll, handedIn);
      const { dynamodb, votesTable: table } = connection;
      const outcomes = await votesTable(dynamodb, table).cast(votes);
      if (outcomes.some((outcome) => outcome !== "stored")) throw new Error(`ballots were not stored: ${outcomes}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
