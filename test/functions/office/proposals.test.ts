import { createHash, randomBytes } from "node:crypto";
import { ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { PROPOSAL_ROUTES } from "#functions/office/proposals/contract.ts";
import { proposalHandlers } from "#functions/office/proposals/handlers.ts";
import { proposing } from "#functions/office/proposals/propose.ts";
import { type HttpHandler, json } from "#functions/runtime/http.ts";
import { bodyOf } from "#functions/runtime/office/call.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import type { OfficeHandlers, OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { auditTable } from "#storage/audit-table.ts";
import { proposalsIn } from "#storage/proposals.ts";
import { type Asked, ask, claims, NOW, officeOf } from "#test/functions/office/calling.ts";
import { officeTables } from "#test/functions/office/office-tables.ts";

/** What needs two people, through the dispatcher and the real table. */

const ROUTES = {
  ...PROPOSAL_ROUTES,
  "POST /office/elections/{election_id}/cancel": {
    groups: ["officer"],
    act: "cancel",
    needsTwo: true,
    asks: () => z.strictObject({ reason: z.string() }),
  },
} as const satisfies OfficeRoutes;

/** All that JSON does not escape. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"\\'.includes(character),
);

let tables: Awaited<ReturnType<typeof officeTables>>;
beforeAll(async () => {
  tables = await officeTables();
});
afterAll(() => tables.close());

let done: { who: string; reason: string; electionId: string | undefined }[];
let refusing: boolean;
let now: number;
let handler: HttpHandler;

beforeEach(() => {
  done = [];
  refusing = false;
  now = NOW;
  const proposals = proposalsIn(tables.documents, "office");
  const handlers: OfficeHandlers<typeof ROUTES> = {
    ...proposalHandlers(proposals),
    "POST /office/elections/{election_id}/cancel": async (call) => {
      const { reason } = bodyOf(z.object({ reason: z.string() }), call);
      if (refusing) throw new EnglishRefusal("Voting has closed.");
      done.push({ who: call.who, reason, electionId: call.parameters.election_id });
      return json(200, { outcome: "cancelled" });
    },
  };
  handler = createOfficeHandler(ROUTES, handlers, {
    ...officeOf(),
    audit: auditTable(tables.documents, "audit"),
    propose: proposing(ROUTES, proposals),
    now: () => now,
  });
});

/** Of a session that lasts through these days. */
const of = (subject: string, groups = "officer") =>
  claims(subject, groups, { exp: String(NOW / 1000 + 90 * 24 * 3_600) });
const ADA = of("ada");
const BO = of("bo");

const send = (asked: Asked) => ask(handler, asked);
const CANCEL = "POST /office/elections/{election_id}/cancel";

async function propose(body: unknown = { reason: "Flood." }, as = ADA): Promise<string> {
  const { statusCode, json: answer } = await send({ route: CANCEL, parameters: { election_id: "1" }, as, body });
  expect(statusCode).toBe(202);
  return String(answer.proposal_id);
}
const look = async (id: string, as = BO) =>
  (await send({ route: "GET /office/proposals/{proposal_id}", parameters: { proposal_id: id }, as })).json;
const decide = async (id: string, how: "confirm" | "refuse" | "withdraw", as = BO, body?: unknown) => {
  const seen = how === "confirm" ? { sha256: (await look(id, as)).sha256 } : {};
  const route = `POST /office/proposals/{proposal_id}/${how}`;
  return send({ route, parameters: { proposal_id: id }, as, body: body ?? seen });
};

describe("what needs two people", () => {
  test("is proposed only if it could be done: its body is judged at once", async () => {
    const route = { route: CANCEL, parameters: { election_id: "1" }, as: ADA };
    expect((await send({ ...route, body: { reason: 7 } })).statusCode).toBe(400);
  });

  test("is not done when it is proposed; another sees exactly what was asked, and confirms it once", async () => {
    const id = await propose();
    expect(done).toEqual([]);
    const seen = await look(id);
    expect(seen).toMatchObject({ act: "cancel", election_id: "1", proposed_by: "Name of ada", state: "open" });
    expect(seen).toMatchObject({ is_mine: false, may_decide: true, body: { reason: "Flood." } });
    expect((await decide(id, "confirm")).json).toEqual({ outcome: "cancelled" });
    expect(done).toEqual([{ who: "Name of ada, confirmed by Name of bo", reason: "Flood.", electionId: "1" }]);
    expect((await decide(id, "confirm", of("cy"))).statusCode).toBe(409);
    expect(done).toHaveLength(1);
    expect(await look(id)).toMatchObject({ state: "confirmed", outcome: "done", decided_by: "Name of bo" });
  });

  test("is confirmed once, however many confirm at the same moment", async () => {
    const id = await propose();
    const all = await Promise.all(["bo", "cy", "di", "ed"].map((name) => decide(id, "confirm", of(name))));
    expect(all.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
    expect(done).toHaveLength(1);
  });

  test("is not confirmed by whoever proposed it: in another tab, under another name, or with a second group", async () => {
    const id = await propose();
    for (const as of [ADA, of("ada", "officer registrar"), { ...ADA, name: "Somebody else" }]) {
      expect((await decide(id, "confirm", as)).statusCode).toBe(409);
      expect((await decide(id, "refuse", as)).statusCode).toBe(409);
    }
    expect(done).toEqual([]);
    expect((await look(id, ADA)).is_mine).toBe(true);
  });

  test("is not confirmed by somebody who may not do it, nor seen by an observer", async () => {
    const id = await propose();
    expect((await decide(id, "confirm", of("rex", "registrar"))).statusCode).toBe(409);
    expect((await decide(id, "confirm", of("al", "auditor"))).statusCode).toBe(403);
    const route = "GET /office/proposals";
    expect((await send({ route, as: of("ob", "observer") })).statusCode).toBe(403);
    expect((await send({ route, as: of("al", "auditor") })).statusCode).toBe(200);
    expect(done).toEqual([]);
  });

  test("two proposals do not stand for one another: each is confirmed by somebody else", async () => {
    const [first, second] = [await propose(), await propose({ reason: "Flood." }, BO)];
    expect(first).not.toBe(second);
    expect(done).toEqual([]);
  });

  test("has a SHA-256 that anybody can compute of what is shown, and is confirmed under that one only", async () => {
    const id = await propose();
    const { route, parameters, body, sha256 } = await look(id);
    const computed = createHash("sha256").update(canonicalJson({ route, parameters, body })).digest("hex");
    expect(sha256).toBe(computed);
    expect((await decide(id, "confirm", BO, { sha256: "0".repeat(64) })).statusCode).toBe(409);
    expect(done).toEqual([]);
  });

  test("is not done when somebody changed what is stored of it", async () => {
    const id = await propose();
    const other = await propose({ reason: "Another reason." });
    const Key = { place: "proposals", row: id };
    const { Items = [] } = await tables.documents.send(new ScanCommand({ TableName: "office" }));
    await tables.documents.send(
      new UpdateCommand({
        TableName: "office",
        Key,
        UpdateExpression: "SET content = :content",
        ExpressionAttributeValues: { ":content": Items.find(({ row }) => row === other)?.content },
      }),
    );
    expect((await decide(id, "confirm")).statusCode).toBe(409);
    expect(done).toEqual([]);
  });

  test("stands for three days, and is then confirmed no more", async () => {
    const id = await propose();
    now = NOW + 72 * 3_600_000 - 1;
    expect(await look(id)).toMatchObject({ state: "open", may_decide: true });
    now = NOW + 72 * 3_600_000;
    expect(await look(id)).toMatchObject({ state: "expired", may_decide: false });
    for (const how of ["confirm", "refuse"] as const) expect((await decide(id, how)).statusCode).toBe(409);
    expect(done).toEqual([]);
  });

  test("is withdrawn by whoever proposed it only, refused by others only, and not done afterwards", async () => {
    const withdrawn = await propose();
    expect((await decide(withdrawn, "withdraw")).statusCode).toBe(409);
    expect((await decide(withdrawn, "withdraw", ADA)).statusCode).toBe(200);
    const refused = await propose();
    expect((await decide(refused, "refuse", BO, { reason: "It stopped raining." })).statusCode).toBe(200);
    for (const id of [withdrawn, refused]) expect((await decide(id, "confirm", of("cy"))).statusCode).toBe(409);
    expect(await look(refused)).toMatchObject({ state: "refused", reason: "It stopped raining." });
    expect(done).toEqual([]);
  });

  test("where it cannot be done any more, whoever confirms is told why, and it must be proposed anew", async () => {
    const id = await propose();
    refusing = true;
    const answer = await decide(id, "confirm");
    expect([answer.statusCode, answer.json.detail]).toEqual([409, "Voting has closed."]);
    refusing = false;
    expect((await decide(id, "confirm", of("cy"))).statusCode).toBe(409);
    expect(await look(id)).toMatchObject({ state: "confirmed", outcome: "refused" });
  });

  test("may be as long as a definition; what does not fit is refused, and not cut", async () => {
    const long = { reason: "x".repeat(400_000) };
    expect((await look(await propose(long))).body).toEqual(long);
    // Every printable character but those that JSON escapes: it hardly compresses.
    const random = { reason: Array.from(randomBytes(490_000), (byte) => PRINTABLE[byte % PRINTABLE.length]).join("") };
    const { statusCode } = await send({ route: CANCEL, parameters: { election_id: "1" }, as: ADA, body: random });
    expect(statusCode).toBe(413);
  });
});
