import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recountTallies } from "#admin/tally-recount.ts";
import { histogramOf, readTallyRows } from "#admin/tally-rows.ts";
import type { Selection } from "#core/selection.ts";
import { groupByRow } from "#core/tally.ts";
import { findElection } from "#functions/shared/election-register.ts";
import { talliesTable } from "#functions/shared/tallies-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";

const CLOSED = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
const OFFICER = { who: "Ada", atMs: Date.parse("2025-01-03T00:00:00Z"), stillForMs: 0 };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const oui: Selection = { kind: "choice", choice: "oui" };
const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

async function tallied(electionId: string, regionId: string): Promise<Record<string, number>> {
  return Object.fromEntries(histogramOf(await readTallyRows(office.connection, electionId, regionId)));
}

const damage = (contest: string, row: string, count: number) =>
  office.connection.documents.send(
    new PutCommand({
      TableName: office.connection.talliesTable,
      Item: { contest, row, count, lastSequenceNumber: "9".padStart(40, "0") },
    }),
  );

describe("a recount", () => {
  test("finds the tallies equal to the stored ballots when nothing was wrong", async () => {
    await holdElection(office, law({ electionId: "R1", ...CLOSED }), { all: 9 }, [
      ...ballots(5, "all", oui),
      ...ballots(1, "all", "copy"),
      ...ballots(2, "all", "garbage"),
    ]);
    const rows = await readTallyRows(office.connection, "R1", "all");
    expect(await recountTallies(office.connection, "R1", { ...OFFICER, swap: true })).toEqual({
      ballots: 8,
      differences: [],
      swapped: false,
    });
    expect(await readTallyRows(office.connection, "R1", "all")).toEqual(rows);
  });

  test("tells each count that was damaged, changes nothing unasked, and repairs it when asked", async () => {
    const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
    await holdElection(office, race({ electionId: "R2", ...CLOSED }), { "1": 9, "2": 9 }, [
      ...ballots(4, "1", vote("1")),
      ...ballots(3, "1", vote("2")),
      ...ballots(2, "2", vote("3")),
    ]);
    const right = await tallied("R2", "1");
    await damage("R2#1", "shard-0#1", 7);
    await office.connection.documents.send(
      new DeleteCommand({ TableName: office.connection.talliesTable, Key: { contest: "R2#1", row: "shard-0#2" } }),
    );
    const wrong = await tallied("R2", "1");

    const found = await recountTallies(office.connection, "R2", { ...OFFICER, swap: false });
    expect(found).toEqual({
      ballots: 9,
      differences: [
        { regionId: "1", counted: "1", tallied: 9, recounted: 4 },
        { regionId: "1", counted: "2", tallied: wrong["2"], recounted: 3 },
      ],
      swapped: false,
    });
    expect(await tallied("R2", "1")).toEqual(wrong);

    expect(await recountTallies(office.connection, "R2", { ...OFFICER, swap: true })).toMatchObject({ swapped: true });
    expect(await tallied("R2", "1")).toEqual(right);
    expect((await recountTallies(office.connection, "R2", { ...OFFICER, swap: true })).differences).toEqual([]);
    expect((await findElection(office.connection, "R2"))?.stateChanges.at(-1)?.what).toContain("2 counts replaced");
  });

  test("a record that the stream repeats after the repair is not counted again", async () => {
    await holdElection(office, law({ electionId: "R3", ...CLOSED }), { all: 9 }, ballots(4, "all", oui));
    await damage("R3#all", "shard-0#oui", 5);
    await recountTallies(office.connection, "R3", { ...OFFICER, swap: true });
    const tallies = talliesTable(office.connection.documents, office.connection.talliesTable);
    for (const sequenceNumber of ["1", "3", "4000"]) {
      const repeated = { sequenceNumber, electionId: "R3", regionId: "all", counted: "oui" };
      for (const increment of groupByRow("shard-0", [repeated])) expect(await tallies.add(increment)).toBe(0);
    }
    expect(await tallied("R3", "all")).toEqual({ oui: 4 });
  });

  test("replaces more rows than one transaction holds, whatever the number of shards", async () => {
    await holdElection(office, law({ electionId: "R4", ...CLOSED }), { all: 9 }, ballots(3, "all", oui));
    for (let shard = 10; shard < 230; shard++) await damage("R4#all", `shard-${shard}#oui`, 2);
    await recountTallies(office.connection, "R4", { ...OFFICER, swap: true });
    expect(await tallied("R4", "all")).toEqual({ oui: 3 });
  });

  test("waits for the closing", async () => {
    await holdElection(office, law({ electionId: "R5", ...CLOSED }), { all: 1 }, []);
    const during = { ...OFFICER, atMs: Date.parse("2025-01-01T12:00:00Z"), swap: true };
    await expect(recountTallies(office.connection, "R5", during)).rejects.toThrow("closes at");
  });
});
