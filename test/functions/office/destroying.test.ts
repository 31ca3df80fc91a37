import { DescribeSecretCommand, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importRoll } from "#admin/roll/import.ts";
import { pollingActs } from "#functions/office/polling/acts.ts";
import { forgettingCounts } from "#functions/office/polling/forgetting.ts";
import type { OfficeCall } from "#functions/runtime/office/call.ts";
import { findDeletion } from "#storage/deleted-elections.ts";
import { applyElection } from "#storage/election-register.ts";
import { hasPepper } from "#storage/election-secrets.ts";
import { findElection } from "#storage/registered-elections.ts";
import { ballots, CLOSED, choice } from "#test/admin/certified.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law } from "#test/definitions.ts";
import { NOW } from "#test/functions/office/calling.ts";
import { ADA, BO, type ClosingRoom, openRoom } from "#test/functions/office/closing-room.ts";

/** What the office asks for and cannot be undone: shredding, deleting, and forgetting what was counted of a cancelled election. */

let room: ClosingRoom;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.office.close());

const HOUR_MS = 3_600_000;
const at = (hours: number): string => new Date(NOW + hours * HOUR_MS).toISOString();
const found = (electionId: string) => findElection(room.office.connection, electionId);
const historyOf = async (electionId: string) =>
  (await found(electionId))?.stateChanges.map(({ what, who }) => `${what} | ${who}`) ?? [];
const held = (electionId: string, times: object = CLOSED) =>
  holdElection(room.office, law({ electionId, ...times }), { all: 3 }, ballots(2, "all", choice("oui")));

/** A second officer confirms what the first proposed. */
async function byTwo(act: "shred" | "delete", electionId: string, body: object) {
  const proposed = await room.propose(act, electionId, body);
  expect(proposed.statusCode).toBe(202);
  await room.workOff();
  return { proposed, id: String(proposed.json.proposal_id) };
}

describe("shredding", () => {
  test("before certification is refused, and the pepper stays", async () => {
    await held("S1");
    const job = await room.ended(await room.act("shred", "S1", { typed: "S1" }));
    expect(job).toMatchObject({ state: "failed", sentence: { en: expect.stringContaining("S1 is not certified") } });
    expect(await hasPepper(room.office.connection, "S1")).toBe(true);
  });

  test("asks for the election's id, typed", async () => {
    for (const typed of ["", "S", "s1", "S1 S1"]) {
      const { statusCode, json } = await room.act("shred", "S1", { typed }, { language: "fr" });
      expect([statusCode, json.detail]).toEqual([
        409,
        "Rien n’a été fait\u00a0: tapez l’identifiant de l’élection, S1, pour confirmer.",
      ]);
    }
    expect((await room.act("shred", "S1", {})).statusCode).toBe(400);
    expect(await room.jobs.ofElection("S1")).toHaveLength(1);
  });

  test("where two officers are asked for, is done by the second, once, and told in the history of both", async () => {
    const { connection } = room.office;
    await held("S2");
    await room.ended(await room.act("certify", "S2"));
    const jobs = (await room.jobs.ofElection("S2")).length;
    const { id } = await byTwo("shred", "S2", { typed: "S2", reason: "s. 12" });
    expect(await room.jobs.ofElection("S2")).toHaveLength(jobs);

    // With two tabs, or a second sign-in, the first is still the same person.
    expect((await room.confirm(id, ADA)).statusCode).toBe(409);
    expect((await room.confirm(id, { ...ADA, iat: String(NOW / 1000 - 5), jti: "another" })).statusCode).toBe(409);
    await room.workOff();
    expect(await hasPepper(connection, "S2")).toBe(true);

    const job = await room.ended(await room.confirm(id, BO));
    expect(job).toMatchObject({ state: "done", who: "Name of ada, confirmed by Name of bo" });
    expect(await hasPepper(connection, "S2")).toBe(false);
    const history = await historyOf("S2");
    expect(history.at(-1)).toMatch(/\| Name of ada, confirmed by Name of bo$/);
    expect((await room.confirm(id, BO)).statusCode).toBe(409);

    const again = await room.ended(await room.act("shred", "S2", { typed: "S2" }));
    expect(again).toMatchObject({
      state: "done",
      sentence: { en: expect.stringContaining("had been destroyed before") },
    });
    expect(await historyOf("S2")).toEqual(history);
  });
});

describe("deleting", () => {
  const secretsOf = async (electionId: string) => {
    const kinds = ["pepper", "ballot-key", "stamp-key", "receipt-key"].map(async (kind) => {
      const SecretId = `scrutin/test/${kind}/${electionId}`;
      try {
        const { DeletedDate } = await room.office.connection.secrets.send(new DescribeSecretCommand({ SecretId }));
        return DeletedDate === undefined ? [kind] : [];
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      }
    });
    return (await Promise.all(kinds)).flat();
  };

  async function registered(electionId: string): Promise<void> {
    const { connection } = room.office;
    await applyElection(connection, law({ electionId, opensAt: at(24), closesAt: at(48) }), { who: "Ada" });
    const roll = await room.office.file(`${electionId}.csv`, "nas,code,region_id\n000000001,ABC123,all\n");
    await importRoll(connection, electionId, roll);
  }

  test("before it opens, two officers delete an election with its roll and secrets; that they did stays on record", async () => {
    await registered("D1");
    expect(await room.office.roll("D1")).toHaveLength(1);
    const { id } = await byTwo("delete", "D1", { typed: "D1", reason: "a trial" });
    expect((await room.confirm(id, ADA)).statusCode).toBe(409);
    await room.workOff();
    expect(await found("D1")).toBeDefined();

    expect(await room.ended(await room.confirm(id, BO))).toMatchObject({ state: "done" });
    expect(await found("D1")).toBeUndefined();
    expect(await room.office.roll("D1")).toEqual([]);
    expect(await secretsOf("D1")).toEqual([]);
    expect(await findDeletion(room.office.connection, "D1")).toMatchObject({
      ...{ isFinished: true, voters: 1, reason: "a trial", who: "Name of ada, confirmed by Name of bo" },
    });

    const again = await room.ended(await room.act("delete", "D1", { typed: "D1" }));
    expect(again).toMatchObject({ state: "failed", sentence: { en: expect.stringContaining("D1 was deleted at") } });
  });

  test("is refused once voting was open, and after certification, unless it was a rehearsal", async () => {
    await held("D2");
    const typed = { typed: "D2" };
    const open = await room.ended(await room.act("delete", "D2", typed));
    expect(open).toMatchObject({ state: "failed", sentence: { en: expect.stringContaining("never after") } });
    await room.ended(await room.act("certify", "D2"));
    expect(await room.ended(await room.act("delete", "D2", typed))).toMatchObject({ state: "failed" });
    expect((await found("D2"))?.bundle).toBeDefined();
    expect(await room.office.roll("D2")).toHaveLength(3);

    const test = { ...CLOSED, test: true, title: { fr: "ESSAI Loi", en: "TEST Law" } };
    await held("D3", test);
    await room.ended(await room.act("certify", "D3"));
    expect(await room.ended(await room.act("delete", "D3", { typed: "D3" }))).toMatchObject({ state: "done" });
    expect(await found("D3")).toBeUndefined();
    expect(await secretsOf("D3")).toEqual([]);
  });

  test("asks for the id, typed", async () => {
    await registered("D4");
    expect((await room.act("delete", "D4", { typed: "D5" })).statusCode).toBe(409);
    expect(await room.jobs.ofElection("D4")).toEqual([]);
    expect(await found("D4")).toBeDefined();
  });
});

describe("forgetting what was counted of a cancelled election", () => {
  // Ids are long enough to stand in no hash by chance.
  const rowsOf = async (table: string, electionId: string): Promise<number> => {
    const { Items = [] } = await room.office.connection.documents.send(new ScanCommand({ TableName: table }));
    return Items.filter((item) => JSON.stringify(item).includes(electionId)).length;
  };
  const cancelled = async (electionId: string) => {
    const { connection } = room.office;
    const { cancel } = pollingActs(connection, forgettingCounts(room.work));
    const body = { told: { fr: "Un nom manquait.", en: "A name was missing." }, typed: electionId };
    const call = { parameters: { election_id: electionId }, body, who: "Ada", atMs: NOW } as unknown as OfficeCall;
    return JSON.parse(String((await cancel(call)).body));
  };
  const OPEN = { opensAt: CLOSED.opensAt, closesAt: at(6) };

  test("takes its counts out and leaves its ballots and its roll; again, there is nothing more to take", async () => {
    const { connection } = room.office;
    await held("forget-1", OPEN);
    await held("forget-2", OPEN);
    const counted = await rowsOf(connection.talliesTable, "forget-2");
    expect(counted).toBeGreaterThan(0);
    const { job_id: jobId } = await cancelled("forget-1");
    await room.workOff();
    expect(await room.jobs.find(jobId)).toMatchObject({ kind: "forget-counts", state: "done", who: "Ada" });
    expect(await rowsOf(connection.talliesTable, "forget-1")).toBe(0);
    expect([await rowsOf(connection.votesTable, "forget-1"), (await room.office.roll("forget-1")).length]).toEqual([
      2, 3,
    ]);
    expect(await rowsOf(connection.talliesTable, "forget-2")).toBe(counted);

    const { what, job_id: later } = await cancelled("forget-1");
    expect(what).toBe("cancelled already");
    await room.workOff();
    expect(await room.jobs.find(later)).toMatchObject({ state: "done" });
  });

  test("is refused of an election that was not cancelled, whose counts stay", async () => {
    const { connection } = room.office;
    const counted = await rowsOf(connection.talliesTable, "forget-2");
    const { jobId } = await room.work.ask({ electionId: "forget-2", kind: "forget-counts", who: "Ada", atMs: NOW });
    await room.workOff();
    expect(await room.jobs.find(jobId)).toMatchObject({
      state: "failed",
      sentence: { fr: "L’élection forget-2 n’a pas été annulée\u00a0: ses comptes restent." },
    });
    expect(await rowsOf(connection.talliesTable, "forget-2")).toBe(counted);
  });

  test("keeps nobody waiting: with another job under way the election is cancelled all the same, and asked again it is forgotten", async () => {
    const { connection } = room.office;
    await held("forget-3", OPEN);
    await room.work.ask({ electionId: "forget-3", kind: "recount", who: "Ada", atMs: NOW });
    expect(await cancelled("forget-3")).toMatchObject({ job_id: null });
    expect((await found("forget-3"))?.definition.cancelled).toBeDefined();
    await room.workOff();
    expect(await rowsOf(connection.talliesTable, "forget-3")).toBeGreaterThan(0);
    await cancelled("forget-3");
    await room.workOff();
    expect(await rowsOf(connection.talliesTable, "forget-3")).toBe(0);
  });
});
