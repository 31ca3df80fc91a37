import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { bundle, functionFolder } from "#infra/bundle.ts";
import { hostFunction } from "#local/functions/host.ts";
import { readCell } from "#storage/keys.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";

/** The scheduled recount as it is deployed: its own bundle, in a process of its own, against a DynamoDB Local. */

const STILL_SECONDS = 2;
const HOUR_MS = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
const OPEN = { opensAt: at(-1), closesAt: at(1) };

let office: Office;
let logFolder: string;
let bundleFolder: string;
beforeAll(async () => {
  [office, logFolder, bundleFolder] = await Promise.all([
    openOffice(),
    mkdtemp(join(tmpdir(), "scrutin-recount-")),
    bundle(),
  ]);
});
afterAll(async () => {
  await office.close();
  await rm(logFolder, { recursive: true, force: true });
});

const Measured = z.looseObject({
  election: z.string(),
  VotingOpen: z.number().optional(),
  BallotsRecounted: z.number().optional(),
  TallyDisagreements: z.number().optional(),
});

/** Runs the task once; gives what was measured of each election, in one object each. */
async function run(task: "recount" | "tell-open", timeoutMs = 60_000): Promise<Record<string, Record<string, number>>> {
  const { ElectionsTable, VotesTable, TalliesTable, SecretPrefix } = office.outputs;
  const folder = await mkdtemp(join(logFolder, "run-"));
  const host = hostFunction(
    {
      name: "recount",
      bundle: join(functionFolder(bundleFolder, "recount"), "index.mjs"),
      environment: {
        POWERTOOLS_SERVICE_NAME: "recount",
        POWERTOOLS_METRICS_NAMESPACE: "Test",
        ELECTIONS_TABLE: ElectionsTable,
        VOTES_TABLE: VotesTable,
        TALLIES_TABLE: TalliesTable,
        BALLOT_KEY_SECRET_PREFIX: `${SecretPrefix}/ballot-key/`,
        STILL_SECONDS: String(STILL_SECONDS),
        AWS_REGION: "ca-central-1",
        AWS_ACCESS_KEY_ID: office.endpoints.accessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_ENDPOINT_URL_DYNAMODB: office.endpoints.dynamodb,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: office.endpoints.secretsmanager,
      },
      timeoutMs,
      memoryMegabytes: 512,
    },
    folder,
  );
  try {
    await host.invoke({ task });
  } finally {
    await host.stop();
  }
  const lines = (await readFile(join(folder, "recount.log"), "utf8")).trim().split("\n");
  const found: Record<string, Record<string, number>> = {};
  for (const line of lines) {
    const measured = Measured.safeParse(JSON.parse(line === "" ? "{}" : line));
    if (!measured.success || !line.includes("CloudWatchMetrics")) continue;
    const { election, VotingOpen, BallotsRecounted, TallyDisagreements } = measured.data;
    found[election] = {
      ...found[election],
      ...(VotingOpen !== undefined && { VotingOpen }),
      ...(BallotsRecounted !== undefined && { BallotsRecounted }),
      ...(TallyDisagreements !== undefined && { TallyDisagreements }),
    };
  }
  return found;
}

const oui: Selection = { kind: "choice", choice: "oui" };
const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

/** One cell of a row, and what it counts. */
type Cell = Readonly<{ sheet: string; row: string; cell: string; count: number }>;

/** What was counted in a region, by shard. */
async function cellsOf(definition: ElectionDefinition, region: string): Promise<readonly Cell[]> {
  const rows = await talliesTable(office.connection.dynamodb, office.connection.talliesTable).rowsOf(definition);
  return rows.flatMap(({ sheet, row, counts }) =>
    [...counts].flatMap(([cell, count]) => (readCell(cell)?.regionId === region ? [{ sheet, row, cell, count }] : [])),
  );
}

const put = ({ sheet, row, cell, count }: Cell) =>
  office.connection.documents.send(
    new UpdateCommand({
      TableName: office.connection.talliesTable,
      Key: { sheet, row },
      UpdateExpression: "SET #cell = :count",
      ExpressionAttributeNames: { "#cell": cell },
      ExpressionAttributeValues: { ":count": count },
    }),
  );
const remove = ({ sheet, row, cell }: Cell) =>
  office.connection.documents.send(
    new UpdateCommand({
      TableName: office.connection.talliesTable,
      Key: { sheet, row },
      UpdateExpression: "REMOVE #cell",
      ExpressionAttributeNames: { "#cell": cell },
    }),
  );

describe("the scheduled recount", () => {
  test("agrees when nothing is wrong: every ballot once, the spoiled and the copied ones too, also while voting is open", async () => {
    await holdElection(office, law({ electionId: "S1", ...OPEN }), { all: 20 }, [
      ...ballots(9, "all", oui),
      ...ballots(1, "all", "copy"),
      ...ballots(3, "all", "garbage"),
    ]);
    await holdElection(office, race({ electionId: "S2", opensAt: at(-9), closesAt: at(-1) }), { "1": 9, "2": 9 }, [
      ...ballots(4, "1", vote("1")),
      ...ballots(2, "2", vote("3")),
    ]);
    expect(await run("recount")).toMatchObject({
      S1: { VotingOpen: 1, BallotsRecounted: 13, TallyDisagreements: 0 },
      S2: { VotingOpen: 0, BallotsRecounted: 6, TallyDisagreements: 0 },
    });
  });

  test("reports each count that was damaged: too many, too few, and moved from one candidate to another", async () => {
    const definition = race({ electionId: "D1", ...OPEN });
    await holdElection(office, definition, { "1": 20, "2": 20 }, [
      ...ballots(6, "1", vote("1")),
      ...ballots(6, "1", vote("2")),
      ...ballots(6, "2", vote("3")),
    ]);
    const right = [...(await cellsOf(definition, "1")), ...(await cellsOf(definition, "2"))];
    const first = (candidateId: string): Cell => {
      const found = right.find(({ cell }) => cell.endsWith(`#${candidateId}`));
      if (found === undefined) throw new Error(`nothing was counted for ${candidateId}`);
      return found;
    };

    await put({ ...first("1"), count: first("1").count + 1 });
    expect((await run("recount")).D1?.TallyDisagreements).toBe(1);

    await put({ ...first("2"), count: first("2").count - 1 });
    expect((await run("recount")).D1?.TallyDisagreements).toBe(2);

    await remove(first("3"));
    expect((await run("recount")).D1?.TallyDisagreements).toBe(3);

    for (const cell of right) await put(cell);
    expect((await run("recount")).D1?.TallyDisagreements).toBe(0);
  });

  test("a late count is no disagreement, however late, as long as it progresses", async () => {
    const definition = race({ electionId: "L1", ...OPEN });
    await holdElection(office, definition, { "1": 20, "2": 20 }, [
      ...["1", "2"].flatMap((candidateId) => ballots(4, "1", vote(candidateId))),
      ...ballots(4, "2", vote("3")),
    ]);
    const cells = [...(await cellsOf(definition, "1")), ...(await cellsOf(definition, "2"))];
    for (const cell of cells) await remove(cell);
    const recount = run("recount");
    // Longer in all than a contest must stand still, and each step sooner.
    for (const cell of cells) {
      await pause(900);
      await put(cell);
    }
    expect(cells.length * 900).toBeGreaterThan(STILL_SECONDS * 1000);
    expect((await recount).L1).toMatchObject({ BallotsRecounted: 12, TallyDisagreements: 0 });
  });

  test("a count that is later than a recount can wait is left to the next recount", async () => {
    const definition = law({ electionId: "L2", ...OPEN });
    await holdElection(office, definition, { all: 20 }, ballots(8, "all", oui));
    const cells = await cellsOf(definition, "all");
    for (const cell of cells) await remove(cell);
    const [one] = cells;
    if (one === undefined) throw new Error("nothing was counted");
    let counting = true;
    const slowly = (async () => {
      for (let count = 0; counting; count = (count + 1) % 4) {
        await put({ ...one, count });
        await pause(500);
      }
    })();
    const found = await run("recount", 24_000);
    counting = false;
    await slowly;
    expect(found.L2).toMatchObject({ BallotsRecounted: 8, TallyDisagreements: 0 });
    for (const cell of cells) await put(cell);
  });

  test("a ballot missing from an idle contest is reported, although another contest is still being counted", async () => {
    const definition = race({ electionId: "Q1", ...OPEN });
    await holdElection(office, definition, { "1": 20, "2": 20 }, [
      ...ballots(3, "1", vote("1")),
      ...ballots(3, "2", vote("3")),
    ]);
    const [busy] = await cellsOf(definition, "1");
    const [quiet] = await cellsOf(definition, "2");
    if (busy === undefined || quiet === undefined) throw new Error("nothing was counted");
    await put({ ...quiet, count: quiet.count - 1 });
    let counting = true;
    const moving = (async () => {
      for (let more = 0; counting; more = (more + 1) % 50) {
        await put({ ...busy, count: more % busy.count });
        await pause(300);
      }
    })();
    const found = await run("recount", 35_000);
    counting = false;
    await moving;
    expect(found.Q1?.TallyDisagreements).toBe(1);
    await put(busy);
    await put(quiet);
    expect((await run("recount")).Q1?.TallyDisagreements).toBe(0);
  });

  test("ballots cast and counted during a recount are no disagreement", async () => {
    await holdElection(office, law({ electionId: "W1", ...OPEN }), { all: 2 }, ballots(1, "all", oui));
    const voting = holdElection(office, race({ electionId: "W2", ...OPEN }), { "1": 400, "2": 1 }, [
      ...["1", "2", "1", "2"].flatMap((candidateId) => ballots(100, "1", vote(candidateId))),
    ]);
    const found = [await run("recount"), await run("recount")];
    await voting;
    found.push(await run("recount"));
    expect(found.flatMap((each) => Object.values(each)).filter((each) => each.TallyDisagreements !== 0)).toEqual([]);
    expect(found.at(-1)?.W2?.BallotsRecounted).toBe(400);
  });

  test("an election is watched from its opening until two days after its closing", async () => {
    await holdElection(office, law({ electionId: "T1", opensAt: at(1), closesAt: at(2) }), { all: 1 }, []);
    await holdElection(office, law({ electionId: "T2", opensAt: at(-100), closesAt: at(-49) }), { all: 1 }, []);
    await holdElection(office, law({ electionId: "T3", opensAt: at(-100), closesAt: at(-47) }), { all: 1 }, []);
    const found = await run("recount");
    expect([found.T1, found.T2]).toEqual([undefined, undefined]);
    expect(found.T3).toMatchObject({ VotingOpen: 0, BallotsRecounted: 0, TallyDisagreements: 0 });
  });

  test("telling where voting is open recounts nothing", async () => {
    const found = await run("tell-open");
    expect(found.S1).toEqual({ VotingOpen: 1 });
    expect(found.S2).toEqual({ VotingOpen: 0 });
  });
});
