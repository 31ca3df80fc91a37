import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkRoll, importRoll } from "#admin/roll/import.ts";
import { fileSource } from "#admin/spreadsheet/sheet.ts";
import { type BeginImport, type BegunImport, ROLL_ROUTES, type SentRow } from "#functions/office-roll/contract.ts";
import { importHandlers } from "#functions/office-roll/import-handlers.ts";
import { personHandlers } from "#functions/office-roll/person-handlers.ts";
import { roomHandlers } from "#functions/office-roll/room-handlers.ts";
import type { HttpHandler } from "#functions/runtime/http.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import { auditTable } from "#storage/audit-table.ts";
import { applyElection } from "#storage/election-register.ts";
import { rollUploads } from "#storage/roll-uploads.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { race } from "#test/definitions.ts";
import { ask, claims, NOW, officeOf } from "#test/functions/office/calling.ts";
import { readSheetFile } from "#web/office/roll/sheet-reading.ts";

/** The Roll room's function, through the dispatcher and the real tables, fed by the page's own reader. */

const HEADER = "nas,code,region_id\n";
const OFFICER = claims("officer-1", "officer");
const PATH = "/office/elections/{election_id}/roll";
const definitionOf = (electionId: string) =>
  race({ electionId, opensAt: "2030-06-01T12:00:00Z", closesAt: "2030-06-02T12:00:00Z" });

let office: Office;
let electionId: string;
let elections = 0;
let handler: HttpHandler;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `RR${++elections}`;
  await applyElection(office.connection, definitionOf(electionId), { who: "Ada" });
  handler = handlerWriting(10_000);
});

/** @param writingMs after which an import is to be gone on with by another request */
function handlerWriting(writingMs: number): HttpHandler {
  const { connection } = office;
  const uploads = rollUploads(connection.documents, "office");
  return createOfficeHandler(
    ROLL_ROUTES,
    {
      ...roomHandlers(connection),
      ...personHandlers(connection),
      ...importHandlers({ connection, uploads, writingMs }),
    },
    {
      ...officeOf(),
      audit: auditTable(connection.documents, "audit"),
    },
  );
}

const call = async (route: string, body?: unknown, parameters: Readonly<Record<string, string>> = {}) => {
  const asked = { route, as: OFFICER, parameters: { election_id: electionId, ...parameters } };
  const { statusCode, json } = await ask(handler, { ...asked, ...(body !== undefined && { body }) });
  return { statusCode, json };
};

type Prepared = Readonly<{ begin: BeginImport; blocks: readonly (readonly SentRow[])[]; path: string }>;

/** A file as the page sends it. */
async function prepared(csv: string, name = "voters.csv"): Promise<Prepared> {
  const path = await office.file(name, csv);
  const source = await fileSource(path);
  const read = await readSheetFile(source, definitionOf(electionId), {});
  if (!("summary" in read)) throw new Error("the columns are known");
  const { summary } = read;
  const blocks: (readonly SentRow[])[] = [];
  for await (const block of read.blocks()) blocks.push(block);
  expect(summary.blocks).toBe(blocks.length);
  expect(summary.sha256).toBe(createHash("sha256").update(csv).digest("hex"));
  const { bytes, sha256, rows, width } = summary;
  const positions = [...summary.positions];
  return { begin: { name, bytes, sha256, rows, blocks: blocks.length, width, positions }, blocks, path };
}

const begin = async ({ begin: body }: Prepared): Promise<BegunImport> => {
  const { statusCode, json } = await call(`POST ${PATH}/imports`, body);
  expect(json).toMatchObject({ import_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(statusCode).toBe(200);
  return json as BegunImport;
};
const send = (id: string, block: number, rows: readonly SentRow[] | undefined) =>
  call(`PUT ${PATH}/imports/{import_id}/blocks/{block}`, { rows }, { import_id: id, block: `${block}` });
const check = (id: string) => call(`PUT ${PATH}/imports/{import_id}/check`, { skip_bad: false }, { import_id: id });
const enter = (id: string, skip_bad = false) =>
  call(`POST ${PATH}/imports/{import_id}/enter`, { skip_bad, reason: "the list of May" }, { import_id: id });
const sendAll = async (id: string, { blocks }: Prepared) => {
  for (const [block, rows] of blocks.entries()) expect((await send(id, block, rows)).statusCode).toBe(200);
};

const votersOf = (count: number): string =>
  HEADER + Array.from({ length: count }, (_, index) => `${100_000_000 + index},ABC123,${(index % 2) + 1}\n`).join("");

describe("a file that comes up in blocks", () => {
  test("is on the roll as if the command line had imported it, with its act in the record", async () => {
    const file = await prepared(votersOf(1_200));
    const { import_id: id, done } = await begin(file);
    expect(done).toEqual([]);
    await sendAll(id, file);
    expect((await check(id)).json).toMatchObject({ rows: 1_200, bad: 0, repeated: 0 });
    expect((await enter(id)).json).toMatchObject({ is_done: true, imported: 1_200, already_there: 0 });
    expect(await office.roll(electionId)).toHaveLength(1_200);
    // The command line finds nobody to add.
    expect(await importRoll(office.connection, electionId, file.path, { atMs: NOW })).toMatchObject({ imported: 0 });
    const room = await call(`GET ${PATH}`);
    expect(room.json).toMatchObject({ voters: 1_200, under_way: [] });
    // Nothing of it is left in the office's table.
    expect((await check(id)).statusCode).toBe(409);
  });

  test("changes nothing when a block comes again, and goes on where it was", async () => {
    const file = await prepared(votersOf(1_200));
    const { import_id: id } = await begin(file);
    await send(id, 0, file.blocks[0]);
    await send(id, 0, file.blocks[0]);
    await send(id, 2, file.blocks[2]);
    const { json } = await check(id);
    expect(json.detail).toContain("1 of 3 blocks");
    expect(await begin(file)).toEqual({ import_id: id, done: [0, 2], is_entering: false });
    await send(id, 1, file.blocks[1]);
    expect((await enter(id)).json).toMatchObject({ is_done: true, imported: 1_200 });
  });

  test("is written in as many requests as it takes, and marked as under way meanwhile", async () => {
    const file = await prepared(votersOf(1_700));
    const { import_id: id } = await begin(file);
    await sendAll(id, file);
    handler = handlerWriting(-1);
    const sums: unknown[] = [];
    for (let asked = 0; asked < 10; asked++) {
      const { json } = await enter(id);
      sums.push(json.rows);
      if (json.is_done === true) {
        expect(json).toMatchObject({ imported: 1_700, bad: 0 });
        break;
      }
      expect((await call(`GET ${PATH}`)).json.under_way).not.toEqual([]);
      expect((await send(id, 0, file.blocks[0])).statusCode).toBe(409);
    }
    expect(sums).toEqual([500, 1_000, 1_500, undefined]);
    expect((await call(`GET ${PATH}`)).json).toMatchObject({ voters: 1_700, under_way: [] });
  });

  test("has the faults that the command line tells, by line, and no cell of a row in any of them", async () => {
    const csv = `${HEADER}123456789,ABC123,1\n12345678,ABC123,1\n987654321,XYZ789,9\n1,2\n123456789,ZZZ999,1\n,,\n555555555,DEF456,2\n`;
    const file = await prepared(csv, "faulty.csv");
    const { import_id: id } = await begin(file);
    await sendAll(id, file);
    const { json } = await check(id);
    const told = await checkRoll(office.connection, electionId, file.path, { skipBad: true, atMs: NOW });
    expect(told.bad).toBe(4);
    expect(json.bad_rows).toEqual(told.badRows.map(({ line, problem }) => ({ line, problem: problem.en })));
    expect(JSON.stringify(json)).not.toMatch(/12345678|987654321|ABC123|XYZ789|ZZZ999/);
    expect((await enter(id)).statusCode).toBe(409);
    expect(await office.roll(electionId)).toEqual([]);
    expect((await enter(id, true)).json).toMatchObject({ is_done: true, imported: 2, bad: 4 });
  });

  test("is refused while another file is being imported, and for who is on the roll with another code", async () => {
    await importRoll(office.connection, electionId, await office.file("one.csv", `${HEADER}123456789,ABC123,1\n`), {
      atMs: NOW,
    });
    const file = await prepared(`${HEADER}123456789,XYZ789,1\n`);
    const { import_id: id } = await begin(file);
    await sendAll(id, file);
    expect((await check(id)).json).toMatchObject({
      bad_rows: [{ line: 2, problem: "this person is already on the roll, with another code" }],
    });
  });
});

describe("one person", () => {
  const person = (nas: string, region_id?: string) => ({
    credentials: { nas },
    ...(region_id !== undefined && { region_id }),
    reason: "asked at the counter",
  });

  test("is added, gets a new code, moves, and is taken off; codes are told once", async () => {
    const added = await call(`POST ${PATH}/add`, person("123456789", "1"));
    expect(added.json).toMatchObject({
      elections: [electionId],
      warnings: [],
      code: expect.stringMatching(/^[2-9A-Z]/),
    });
    const again = await call(`POST ${PATH}/add`, person("123456789", "1"));
    expect(again).toMatchObject({ statusCode: 409, json: { detail: expect.stringContaining("already") } });
    const reissued = await call(`POST ${PATH}/reissue`, person("123 456 789"));
    expect(reissued.json.code).not.toBe(added.json.code);
    expect((await call(`POST ${PATH}/move`, person("123456789", "2"))).json.code).toBeDefined();
    expect((await call(`POST ${PATH}/remove`, person("123456789"))).json).toMatchObject({ elections: [electionId] });
    expect((await call(`GET ${PATH}`)).json).toMatchObject({
      voters: 0,
      struck: { reissued: 1, moved: 1, removed: 1, "voted-elsewhere": 0 },
    });
  });

  test("who is not on the roll is told so, in the officer's language, without their number", async () => {
    const route = `POST ${PATH}/voted-elsewhere`;
    const asked = { route, as: OFFICER, parameters: { election_id: electionId }, body: person("123456789") };
    const { statusCode, json } = await ask(handler, { ...asked, language: "fr" });
    expect(statusCode).toBe(409);
    expect(json.detail).toContain("n’est sur aucune liste");
    expect(JSON.stringify(json)).not.toContain("123456789");
  });
});

test("a roll too large for a request is left to the command line, in a sentence that says so", async () => {
  const file = await prepared(votersOf(2));
  const { statusCode, json } = await call(`POST ${PATH}/imports`, { ...file.begin, rows: 200_001 });
  expect(statusCode).toBe(409);
  expect(json.detail).toContain("scrutin roll");
});

test("letters that a browser made are in the election's record", async () => {
  const made = { letters: 10, name: "people.csv", sha256: "a".repeat(64) };
  expect((await call(`POST ${PATH}/letters`, made)).statusCode).toBe(200);
});
