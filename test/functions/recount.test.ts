import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { ElectionDefinition } from "#core/election.ts";
import { sumContestTallies } from "#core/recount.ts";
import type { Selection } from "#core/selection.ts";
import type { RecountTask } from "#functions/recount/contract.ts";
import { createRecountHandler } from "#functions/recount/handler.ts";
import { countSegment } from "#functions/recount/segment.ts";
import { bundle, functionFolder } from "#infra/bundle.ts";
import { hostFunction } from "#local/functions/host.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { readCell } from "#storage/keys.ts";
import { secretsManager } from "#storage/secrets.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";

/** The scheduled recount against real tables: once as deployed, elsewhere in this process, on a clock that only its waiting moves. */

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

/** What was measured of each election. */
type Found = Record<string, Record<string, number>>;

type Running = Readonly<{
  /** How much of Lambda's time is left at the start. */
  remainingMs?: number;
  /** What goes on while the recount waits. */
  meanwhile?: (ms: number) => Promise<void>;
}>;

/** Runs the task once. */
async function run(
  task: RecountTask["task"],
  { remainingMs = 60_000, meanwhile = async () => {} }: Running = {},
): Promise<Found> {
  const { dynamodb, secrets, electionsTable: elections, votesTable, talliesTable: tallies } = office.connection;
  const keys = ballotKeys(secretsManager(secrets), `${office.outputs.SecretPrefix}/ballot-key/`);
  const found: Found = {};
  const tell = (electionId: string, measured: Record<string, number>): void => {
    found[electionId] = { ...found[electionId], ...measured };
  };
  const startedMs = Date.now();
  let waitedMs = 0;
  const handler = createRecountHandler({
    elections: electionsTable(dynamodb, elections),
    tallies: talliesTable(dynamodb, tallies),
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
    tellFinding: (electionId, { ballots, disagreements }) =>
      tell(electionId, { BallotsRecounted: ballots, TallyDisagreements: disagreements }),
  });
  await handler({ task }, { getRemainingTimeInMillis: () => remainingMs - waitedMs });
  return found;
}

/** Does something whenever so much of the recount's time has passed. */
function every(stepMs: number, step: () => Promise<void>): (ms: number) => Promise<void> {
  let passedMs = 0;
  return async (ms) => {
    for (passedMs += ms; passedMs >= stepMs; passedMs -= stepMs) await step();
  };
}

/** Runs the task as it is deployed: its own bundle, in a process of its own, a thread for each processor. */
async function runDeployed(task: RecountTask["task"]): Promise<Found> {
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
      timeoutMs: 60_000,
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
  const found: Found = {};
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
    const agreed = {
      S1: { VotingOpen: 1, BallotsRecounted: 13, TallyDisagreements: 0 },
      S2: { VotingOpen: 0, BallotsRecounted: 6, TallyDisagreements: 0 },
    };
    expect(await runDeployed("recount")).toMatchObject(agreed);
    expect(await run("recount")).toMatchObject(agreed);
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
    const late = [...cells];
    // Longer in all than a contest must stand still, and each step sooner.
    const meanwhile = every(900, async () => {
      const cell = late.shift();
      if (cell !== undefined) await put(cell);
    });
    const found = await run("recount", { meanwhile });
    expect(cells.length * 900).toBeGreaterThan(STILL_SECONDS * 1000);
    expect(found.L1).toMatchObject({ BallotsRecounted: 12, TallyDisagreements: 0 });
  });

  test("a count that is later than a recount can wait is left to the next recount", async () => {
    const definition = law({ electionId: "L2", ...OPEN });
    await holdElection(office, definition, { all: 20 }, ballots(8, "all", oui));
    const cells = await cellsOf(definition, "all");
    for (const cell of cells) await remove(cell);
    const [one] = cells;
    if (one === undefined) throw new Error("nothing was counted");
    let count = 0;
    const meanwhile = every(500, async () => {
      await put({ ...one, count });
      count = (count + 1) % 4;
    });
    const found = await run("recount", { remainingMs: 24_000, meanwhile });
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
    let more = 0;
    const meanwhile = every(300, async () => {
      await put({ ...busy, count: more % busy.count });
      more = (more + 1) % 50;
    });
    const found = await run("recount", { remainingMs: 35_000, meanwhile });
    expect(found.Q1?.TallyDisagreements).toBe(1);
    await put(busy);
    await put(quiet);
    expect((await run("recount")).Q1?.TallyDisagreements).toBe(0);
  });

  test("ballots cast and counted during a recount are no disagreement", async () => {
    await holdElection(office, law({ electionId: "W1", ...OPEN }), { all: 2 }, ballots(1, "all", oui));
    const definition = race({ electionId: "W2", ...OPEN });
    let counted = 0;
    let isOver = false;
    let more = Promise.withResolvers<void>();
    const goOn = (): void => {
      more.resolve();
      more = Promise.withResolvers();
    };
    const voting = holdElection(
      office,
      definition,
      { "1": 400, "2": 1 },
      ["1", "2", "1", "2"].flatMap((candidateId) => ballots(100, "1", vote(candidateId))),
      [],
      () => {
        counted += 1;
        goOn();
      },
    ).finally(() => {
      isOver = true;
      goOn();
    });
    const meanwhile = async (): Promise<void> => {
      if (!isOver) await more.promise;
    };
    const found: Found[] = [];
    for (const start of [0, 100, 250]) {
      while (counted < start && !isOver) await more.promise;
      found.push(await run("recount", { meanwhile }));
    }
    await voting;
    expect(found.some(({ W2 }) => (W2?.BallotsRecounted ?? 0) > 0 && (W2?.BallotsRecounted ?? 400) < 400)).toBe(true);
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
