import { createHash } from "node:crypto";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Selection } from "#core/selection.ts";
import { findElection } from "#storage/registered-elections.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { ballots, CLOSED, choice } from "#test/admin/certified.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";
import { claims, NOW } from "#test/functions/office/calling.ts";
import { ADA, BO, type ClosingRoom, openRoom, PIECE_BYTES } from "#test/functions/office/closing-room.ts";

/** What the office asks for after closing, through its routes, queue and worker, on the emulated store. */

let room: ClosingRoom;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.office.close());

const OPEN = { opensAt: CLOSED.opensAt, closesAt: new Date(NOW + 3_600_000).toISOString() };
const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
const historyOf = async (electionId: string) =>
  (await findElection(room.office.connection, electionId))?.stateChanges.map(({ what, who }) => `${what} | ${who}`);
const countsOf = async (electionId: string) => {
  const { dynamodb, talliesTable: table } = room.office.connection;
  const tallies = await talliesTable(dynamodb, table).ofElection(law({ electionId }), { isConsistent: true });
  return Object.fromEntries(tallies.get("all") ?? []);
};

test("whoever is no officer, or nobody, asks for nothing: no job, no act in the election's history", async () => {
  await holdElection(room.office, law({ electionId: "G1", ...CLOSED }), { all: 2 }, ballots(1, "all", choice("oui")));
  const before = await historyOf("G1");
  const typed = { typed: "G1" };
  const lot = { region_id: null, order: ["1", "2"], witnesses: ["Cy"] };
  const acts = [
    ...([
      ["open-statement", {}],
      ["certify", {}],
      ["publish", {}],
      ["recount", { swap: true }],
    ] as const),
    ...([
      ["lots", lot],
      ["shred", typed],
      ["delete", typed],
    ] as const),
  ] as const;
  for (const [act, body] of acts) {
    for (const group of ["registrar", "auditor", "observer", "registrar auditor observer"]) {
      const { statusCode } = await room.act(act, "G1", body, { as: claims("cy", group) });
      expect([act, group, statusCode]).toEqual([act, group, 403]);
    }
    expect((await room.send({ route: `POST /office/elections/{election_id}/${act}`, body })).statusCode).toBe(401);
  }
  expect(await room.jobs.ofElection("G1")).toEqual([]);
  expect(await historyOf("G1")).toEqual(before);
});

describe("a recount", () => {
  test("before closing is refused in the end, in the officer's language, and changes nothing", async () => {
    await holdElection(room.office, law({ electionId: "R1", ...OPEN }), { all: 2 }, ballots(1, "all", choice("oui")));
    const counts = await countsOf("R1");
    const job = await room.ended(await room.act("recount", "R1", { swap: true }));
    expect(job).toMatchObject({
      state: "failed",
      sentence: { fr: expect.stringContaining("Le vote de l’élection R1") },
    });
    const parameters = { job_id: job.jobId };
    const told = await room.send({ route: "GET /office/jobs/{job_id}", parameters, as: ADA, language: "fr" });
    expect(told.json).toMatchObject({ state: "failed", detail: job.sentence?.fr });
    expect(await countsOf("R1")).toEqual(counts);
  });

  test("tells which counts differ from the box, replaces them only when asked, and finds nothing more afterwards", async () => {
    const { connection } = room.office;
    await holdElection(room.office, law({ electionId: "R2", ...CLOSED }), { all: 5 }, [
      ...ballots(3, "all", choice("oui")),
      ...ballots(1, "all", choice("non")),
    ]);
    const right = await countsOf("R2");
    await connection.documents.send(
      new UpdateCommand({
        TableName: connection.talliesTable,
        Key: { sheet: "R2#v1#@0", row: "shard-0#" },
        UpdateExpression: "SET #cell = :count, lastSequenceNumber = :fence",
        ExpressionAttributeNames: { "#cell": "all#oui" },
        ExpressionAttributeValues: { ":count": 99, ":fence": "9".padStart(40, "0") },
      }),
    );
    const wrong = await countsOf("R2");
    expect(wrong).not.toEqual(right);

    const looked = await room.ended(await room.act("recount", "R2", { swap: false }));
    expect(looked.result).toMatchObject({ ballots: 4, swapped: false, differences: expect.any(Number) });
    expect(looked.result?.differences).toBeGreaterThan(0);
    expect(await countsOf("R2")).toEqual(wrong);

    const swapped = await room.ended(await room.act("recount", "R2", { swap: true, reason: "a fault" }));
    expect(swapped.result).toMatchObject({ swapped: true });
    expect(await countsOf("R2")).toEqual(right);
    expect(room.recorded.at(-1)).toMatchObject({
      act: "recount",
      outcome: "done",
      reason: "a fault",
      electionId: "R2",
    });
    const history = await historyOf("R2");
    expect(history?.at(-1)).toMatch(/^tallies recounted from 4 ballots, \d+ counts replaced \| Name of ada$/);

    const again = await room.ended(await room.act("recount", "R2", { swap: true }));
    expect(again).toMatchObject({
      result: { differences: 0, swapped: false },
      sentence: { en: expect.stringContaining("The counts agree") },
    });
    expect(await historyOf("R2")).toEqual(history);
  });

  test("of an election that there is not is refused at once, and so is a body that says less or more", async () => {
    const unknown = await room.act("recount", "R9", { swap: false }, { language: "fr" });
    expect([unknown.statusCode, unknown.json.detail]).toEqual([409, "Il n’y a pas d’élection R9."]);
    for (const body of [{}, { swap: "yes" }, { swap: true, force: true }]) {
      expect((await room.act("recount", "R2", body)).statusCode).toBe(400);
    }
    expect(await room.jobs.ofElection("R9")).toEqual([]);
  });
});

describe("a lot", () => {
  const lot = (electionId: string, more: object = {}, language = "en") =>
    room.act("lots", electionId, { region_id: "1", order: ["2", "1"], witnesses: ["Bo Lee"], ...more }, { language });

  test("is recorded once, signed, with witnesses, reason and who drew it; then there is no tie", async () => {
    const tie = [...ballots(2, "1", vote("1")), ...ballots(2, "1", vote("2")), ...ballots(1, "2", vote("3"))];
    await holdElection(room.office, race({ electionId: "L1", ...CLOSED }), { "1": 4, "2": 1 }, tie);
    const before = await historyOf("L1");
    for (const wrong of [{ order: ["2", "3"] }, { order: ["2", "2"] }, { region_id: "2" }, { region_id: null }]) {
      expect((await lot("L1", wrong)).statusCode).toBe(409);
    }
    for (const wrong of [{ order: ["2"] }, { witnesses: [] }, { witnesses: [" "] }, { order: "2,1" }, { who: "Eve" }]) {
      expect((await lot("L1", wrong)).statusCode).toBe(400);
    }
    expect(await historyOf("L1")).toEqual(before);

    const { statusCode, json } = await lot("L1", { reason: "Elections Act, s. 61" });
    expect([statusCode, json.newest]).toEqual([200, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect((await historyOf("L1"))?.at(-1)).toBe(
      "lot drawn over the win in region 1 of election L1: 2, 1; witnesses: Bo Lee; reason: Elections Act, s. 61 | Name of ada",
    );
    const again = await lot("L1", { order: ["1", "2"] });
    expect([again.statusCode, again.json.detail]).toEqual([
      409,
      expect.stringContaining("There is no tie in region 1"),
    ]);
    expect(await historyOf("L1")).toHaveLength((before?.length ?? 0) + 1);
    expect(room.recorded.filter(({ act, outcome }) => act === "draw-lot" && outcome === "done")).toHaveLength(1);
  });

  test("before closing is refused, and so is one over a law", async () => {
    await holdElection(room.office, race({ electionId: "L2", ...OPEN }), { "1": 2 }, []);
    const early = await lot("L2", {}, "fr");
    expect([early.statusCode, early.json.detail]).toEqual([
      409,
      expect.stringContaining("cela n’est possible qu’ensuite"),
    ]);
    expect((await lot("R2")).statusCode).toBe(409);
  });
});

describe("a bundle", () => {
  const piece = (electionId: string, file: string, from: string | number, as = ADA) =>
    room.send({
      route: "GET /office/elections/{election_id}/bundle/{file}/{from}",
      parameters: { election_id: electionId, file, from: String(from) },
      as,
    });

  test("comes in pieces that join to each certified file, to the byte", async () => {
    await holdElection(room.office, law({ electionId: "B1", ...CLOSED }), { all: 3 }, ballots(3, "all", choice("oui")));
    expect((await piece("B1", "certificate.json", 0)).statusCode).toBe(404);
    expect(await room.ended(await room.act("certify", "B1"))).toMatchObject({ state: "done", result: { cast: 3 } });
    const files = (await findElection(room.office.connection, "B1"))?.bundle?.files ?? [];
    expect(files.map(({ name }) => name)).toContain("certificate.json");
    for (const { name, bytes, sha256 } of files) {
      const pieces: Buffer[] = [];
      for (let from: unknown = 0; from !== null; ) {
        const { statusCode, json } = await piece("B1", name, Number(from));
        expect(statusCode).toBe(200);
        pieces.push(Buffer.from(String(json.bytes), "base64"));
        from = json.next;
      }
      expect(pieces.length).toBe(Math.max(1, Math.ceil(bytes / PIECE_BYTES)));
      expect(createHash("sha256").update(Buffer.concat(pieces)).digest("hex")).toBe(sha256);
    }
  });

  test("has no file, and no place, that was not certified; and is neither a registrar's nor an observer's", async () => {
    const [{ name, bytes } = { name: "", bytes: 0 }] =
      (await findElection(room.office.connection, "B1"))?.bundle?.files ?? [];
    for (const file of ["../certificate.json", "..%2Fcertificate.json", "pepper", ""]) {
      expect((await piece("B1", file, 0)).statusCode).toBe(404);
    }
    for (const from of [-1, bytes, bytes + 1, "1.5", "NaN", "1e99"]) {
      expect([from, (await piece("B1", name, from)).statusCode]).toEqual([from, 404]);
    }
    expect((await piece("R2", name, 0)).statusCode).toBe(404);
    expect((await piece("B1", name, 0, claims("cy", "auditor"))).statusCode).toBe(200);
    for (const groups of ["registrar", "observer", "registrar observer"]) {
      expect((await piece("B1", name, 0, claims("cy", groups))).statusCode).toBe(403);
    }
  });

  test("is certified, where two officers are asked for, only once a second has confirmed it", async () => {
    await holdElection(room.office, law({ electionId: "B2", ...CLOSED }), { all: 2 }, ballots(1, "all", choice("oui")));
    const proposed = await room.propose("certify", "B2", {});
    expect(proposed.statusCode).toBe(202);
    const id = String(proposed.json.proposal_id);
    expect((await room.confirm(id, ADA)).statusCode).toBe(409);
    await room.workOff();
    expect([await room.jobs.ofElection("B2"), (await findElection(room.office.connection, "B2"))?.bundle]).toEqual([
      [],
      undefined,
    ]);
    const job = await room.ended(await room.confirm(id, BO));
    expect(job).toMatchObject({ kind: "certify", state: "done", who: "Name of ada, confirmed by Name of bo" });
  });

  test("certified again says the same", async () => {
    const before = (await findElection(room.office.connection, "B1"))?.bundle;
    const again = await room.ended(await room.act("certify", "B1"));
    expect(again.result).toMatchObject({ merkle_root: before?.merkleRoot, cast: 3 });
  });
});
