import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recountTallies } from "#admin/certification/recount.ts";
import { replaceRows } from "#admin/certification/tally-rows.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { groupByRow } from "#storage/increment.ts";
import { findElection } from "#storage/registered-elections.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const CLOSED = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
const OFFICER = { who: "Ada", atMs: Date.parse("2025-01-03T00:00:00Z"), stillForMs: 0 };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const oui: Selection = { kind: "choice", choice: "oui" };
const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

const tallies = () => talliesTable(office.connection.dynamodb, office.connection.talliesTable);

async function tallied(definition: ElectionDefinition, regionId: string): Promise<Record<string, number>> {
  return Object.fromEntries((await tallies().ofElection(definition, { isConsistent: true })).get(regionId) ?? []);
}

/** Sets one count of a row, which nothing but a fault would do. */
const damage = (sheet: string, row: string, cell: string, count: number) =>
  office.connection.documents.send(
    new UpdateCommand({
      TableName: office.connection.talliesTable,
      Key: { sheet, row },
      UpdateExpression: "SET #cell = :count, lastSequenceNumber = :fence",
      ExpressionAttributeNames: { "#cell": cell },
      ExpressionAttributeValues: { ":count": count, ":fence": "9".padStart(40, "0") },
    }),
  );

describe("a recount", () => {
  test("finds that undamaged tallies equal the stored ballots", async () => {
    const definition = law({ electionId: "R1", ...CLOSED });
    await holdElection(office, definition, { all: 9 }, [
      ...ballots(5, "all", oui),
      ...ballots(1, "all", "copy"),
      ...ballots(2, "all", "garbage"),
    ]);
    const rows = await tallies().rowsOf(definition);
    expect(await recountTallies(office.connection, "R1", { ...OFFICER, swap: true })).toEqual({
      ballots: 8,
      differences: [],
      swapped: false,
    });
    expect(await tallies().rowsOf(definition)).toEqual(rows);
    // The roll is not read: nobody shares a one-time key.
    const blind = { ...office.connection, rollTable: "no such table" };
    expect(await recountTallies(blind, "R1", { ...OFFICER, swap: false })).toMatchObject({ differences: [] });
  });

  test("reports each damaged count, and repairs it only when asked", async () => {
    const definition = race({ electionId: "R2", ...CLOSED });
    await holdElection(office, definition, { "1": 9, "2": 9 }, [
      ...ballots(4, "1", vote("1")),
      ...ballots(3, "1", vote("2")),
      ...ballots(2, "2", vote("3")),
    ]);
    const right = await Promise.all(["1", "2"].map((regionId) => tallied(definition, regionId)));
    await damage("R2#v1#@0", "shard-0#", "1#1", 7);
    await damage("R2#v1#@0", "shard-0#", "1#2", 0);
    const wrong = await tallied(definition, "1");

    const found = await recountTallies(office.connection, "R2", { ...OFFICER, swap: false });
    expect(found).toEqual({
      ballots: 9,
      differences: [
        { contest: "1", interpretation: "1", tallied: 9, recounted: 4 },
        { contest: "1", interpretation: "2", tallied: wrong["2"], recounted: 3 },
      ],
      swapped: false,
    });
    expect(await tallied(definition, "1")).toEqual(wrong);

    expect(await recountTallies(office.connection, "R2", { ...OFFICER, swap: true })).toMatchObject({ swapped: true });
    // Correct counts on the same sheet are unchanged.
    expect(await Promise.all(["1", "2"].map((regionId) => tallied(definition, regionId)))).toEqual(right);
    expect((await recountTallies(office.connection, "R2", { ...OFFICER, swap: true })).differences).toEqual([]);
    expect((await findElection(office.connection, "R2"))?.stateChanges.at(-1)?.what).toContain("2 counts replaced");
  });

  test("rebuilds lost tallies and turnout, and repairs a second damage after the first", async () => {
    const definition = race({ electionId: "R6", ...CLOSED });
    await holdElection(office, definition, { "1": 9, "2": 9 }, [
      ...ballots(4, "1", vote("1")),
      ...ballots(2, "2", vote("3")),
    ]);
    const turnout = await tallies().turnoutOf("R6");
    for (const { sheet, row } of await tallies().rowsOf(definition)) {
      await office.connection.documents.send(
        new DeleteCommand({ TableName: office.connection.talliesTable, Key: { sheet, row } }),
      );
    }
    await recountTallies(office.connection, "R6", { ...OFFICER, swap: true });
    expect([await tallied(definition, "1"), await tallied(definition, "2")]).toEqual([{ "1": 4 }, { "3": 2 }]);
    expect(await tallies().turnoutOf("R6")).toEqual(turnout);

    await damage("R6#v1#@0", "shard-0#", "2#3", 5);
    await recountTallies(office.connection, "R6", { ...OFFICER, swap: true, atMs: OFFICER.atMs + 1 });
    expect([await tallied(definition, "1"), await tallied(definition, "2")]).toEqual([{ "1": 4 }, { "3": 2 }]);
  });

  test("replaces each ranking separately", async () => {
    const definition = rankedRace({ electionId: "R7", ...CLOSED });
    const rank = (...candidateIds: string[]): Selection => ({ kind: "ranking", candidateIds });
    await holdElection(office, definition, { "1": 9, "2": 9 }, [
      ...ballots(4, "1", rank("1", "2")),
      ...ballots(3, "1", rank("2")),
    ]);
    const right = await tallied(definition, "1");
    await damage("R7#v1#1", "shard-1#1>2", "1#1>2", 40);
    await damage("R7#v1#1", "shard-9#2>1", "1#2>1", 1);
    expect(await recountTallies(office.connection, "R7", { ...OFFICER, swap: true })).toMatchObject({
      differences: [
        { contest: "1", interpretation: "1>2", recounted: 4 },
        { contest: "1", interpretation: "2>1", tallied: 1, recounted: 0 },
      ],
    });
    expect(await tallied(definition, "1")).toEqual(right);
  });

  test("a record that the stream repeats after a repair is not counted again, in any cell of the row", async () => {
    const definition = law({ electionId: "R3", ...CLOSED });
    await holdElection(office, definition, { all: 9 }, ballots(4, "all", oui));
    await damage("R3#v1#@0", "shard-0#", "all#oui", 5);
    await recountTallies(office.connection, "R3", { ...OFFICER, swap: true });
    for (const sequenceNumber of ["1", "3", "4000"]) {
      for (const interpretation of ["oui", "non"]) {
        const repeated = { sequenceNumber, electionId: "R3", regionId: "all", interpretation };
        for (const increment of groupByRow("shard-0", [repeated], definition)) {
          expect(await tallies().add(increment)).toEqual([]);
        }
      }
    }
    expect(await tallied(definition, "all")).toEqual({ oui: 4 });
  });

  test("replaces more rows than one transaction holds, whatever the number of shards", async () => {
    const definition = law({ electionId: "R4", ...CLOSED });
    await holdElection(office, definition, { all: 9 }, ballots(3, "all", oui));
    for (let shard = 10; shard < 230; shard++) await damage("R4#v1#@0", `shard-${shard}#`, "all#oui", 2);
    await recountTallies(office.connection, "R4", { ...OFFICER, swap: true });
    expect(await tallied(definition, "all")).toEqual({ oui: 3 });
  });

  test("keeps every sum until the last transaction, and fails if a row has changed since it was read", async () => {
    const definition = race({ electionId: "R8", ...CLOSED });
    await holdElection(office, definition, { "1": 9, "2": 9 }, [
      ...ballots(3, "1", vote("1")),
      ...ballots(2, "2", vote("3")),
    ]);
    for (let shard = 10; shard < 120; shard++) await damage("R8#v1#@0", `shard-${shard}#`, "1#1", 2);
    const before = await tallied(definition, "1");
    const present = (await tallies().rowsOf(definition)).filter(({ sheet }) => sheet === "R8#v1#@0");
    const late = { sequenceNumber: "99", electionId: "R8", regionId: "1", interpretation: "2" };
    for (const increment of groupByRow("shard-99", [late], definition)) await tallies().add(increment);
    const replacement = { sheet: "R8#v1#@0", alone: "", shardId: "recount-now", changes: new Map([["1#1", -220]]) };
    await expect(replaceRows(office.connection, present, replacement)).rejects.toThrow("ConditionalCheckFailed");
    expect(await tallied(definition, "1")).toEqual({ ...before, "2": 1 });
    expect(await tallied(definition, "2")).toEqual({ "3": 2 });
  });

  test("is refused before closing", async () => {
    await holdElection(office, law({ electionId: "R5", ...CLOSED }), { all: 1 }, []);
    const during = { ...OFFICER, atMs: Date.parse("2025-01-01T12:00:00Z"), swap: true };
    await expect(recountTallies(office.connection, "R5", during)).rejects.toThrow("closes at");
  });
});
