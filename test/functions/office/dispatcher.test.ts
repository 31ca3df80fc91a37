import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { LANGUAGES } from "#core/language.ts";
import { Refusal } from "#core/refusal.ts";
import { json } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import { asProposed, createOfficeHandler, type OfficeDependencies } from "#functions/runtime/office/dispatcher.ts";
import { officeProblem } from "#functions/runtime/office/office-problems.ts";
import type { OfficeHandlers, OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { ask, claims, NOW, officeOf, type RecordedAct } from "#test/functions/office/calling.ts";

const ROUTES = {
  "GET /office/elections": { groups: ["officer", "auditor"] },
  "POST /office/elections/{election_id}/close": { groups: ["officer"], act: "close" },
  "POST /office/elections/{election_id}/cancel": { groups: ["officer"], act: "cancel", needsTwo: true },
  "POST /office/confirm": { groups: ["officer", "auditor"] },
} as const satisfies OfficeRoutes;
const Body = z.strictObject({ reason: z.string() });

let recorded: RecordedAct[];
let cancelled: string[];
let proposed: OfficeCall | undefined;

const handlers: OfficeHandlers<typeof ROUTES> = {
  "GET /office/elections": async ({ caller }) => json(200, caller),
  "POST /office/elections/{election_id}/close": async (call) => {
    bodyOf(Body, call);
    throw new Refusal("Voting is open.", "Le vote est ouvert.");
  },
  "POST /office/elections/{election_id}/cancel": async (call) => {
    cancelled.push(call.who);
    return json(200, {});
  },
  "POST /office/confirm": (call) => {
    if (proposed === undefined) throw new Error("nothing was proposed");
    const { route, parameters, body, caller } = proposed;
    return call.perform({ route, parameters, body, by: caller });
  },
};

const handlerWith = (more: Partial<OfficeDependencies> = {}) =>
  createOfficeHandler(ROUTES, handlers, {
    ...officeOf(recorded),
    ...more,
  });

const LIST = "GET /office/elections";
const CLOSE = { route: "POST /office/elections/{election_id}/close", parameters: { election_id: "1" } };
const CANCEL = { route: "POST /office/elections/{election_id}/cancel", parameters: { election_id: "1" } };
const OFFICER = claims("ada", "officer");

beforeEach(() => {
  recorded = [];
  cancelled = [];
  proposed = undefined;
});

describe("who may ask the office", () => {
  test("nobody without a token, nor with one that has expired", async () => {
    expect((await ask(handlerWith(), { route: LIST })).statusCode).toBe(401);
    const expired = claims("ada", "officer", { exp: String(NOW / 1000) });
    expect((await ask(handlerWith(), { route: LIST, as: expired })).statusCode).toBe(401);
  });

  test("nobody outside the route's groups", async () => {
    expect((await ask(handlerWith(), { route: LIST, as: claims("cy", "registrar observer") })).statusCode).toBe(403);
    expect((await ask(handlerWith(), { route: LIST, as: claims("cy", "officers") })).statusCode).toBe(403);
    expect((await ask(handlerWith(), { route: LIST, as: claims("cy", "registrar auditor") })).statusCode).toBe(200);
  });

  test("nobody whose token lacks the stage's scope", async () => {
    const handler = handlerWith({
      tokens: { groupsClaim: "groups", scope: "scrutin/office", viewerAddressHeader: "" },
    });
    expect((await ask(handler, { route: LIST, as: OFFICER })).statusCode).toBe(401);
    const scoped = claims("ada", "officer", { scope: "openid scrutin/office" });
    expect((await ask(handler, { route: LIST, as: scoped })).statusCode).toBe(200);
  });

  test("nobody who has signed out since they signed in, whatever token they kept", async () => {
    const signedOutAt = (atMs: number) => handlerWith({ signedOutAtMs: async () => atMs });
    expect((await ask(signedOutAt(NOW - 30_000), { route: LIST, as: OFFICER })).statusCode).toBe(401);
    expect((await ask(signedOutAt(NOW - 90_000), { route: LIST, as: OFFICER })).statusCode).toBe(200);
    // Renewed after signing out, of a session that began before.
    const renewed = claims("ada", "officer", { auth_time: String(NOW / 1000 - 600), iat: String(NOW / 1000 - 10) });
    expect((await ask(signedOutAt(NOW - 30_000), { route: LIST, as: renewed })).statusCode).toBe(401);
  });
});

describe("what is asked of the office", () => {
  test("a refusal is told in the officer's language", async () => {
    const body = { reason: "It is late." };
    const refused = await ask(handlerWith(), { ...CLOSE, as: OFFICER, body, language: "fr" });
    expect(refused.statusCode).toBe(409);
    expect(refused.json.detail).toBe("Le vote est ouvert.");
  });

  test("a body that does not fit is refused by field", async () => {
    const { statusCode, json } = await ask(handlerWith(), { ...CLOSE, as: OFFICER, body: { why: "late" } });
    expect(statusCode).toBe(400);
    expect(json.errors).toMatchObject([{ field: "reason" }, { field: "why" }]);
  });

  test("nothing is told in voters' words: an officer casts no ballot here, and their right to vote is not meant", async () => {
    const asked = { ...CLOSE, as: OFFICER };
    const voters = /ballot|vote|bulletin|16/i;
    for (const language of LANGUAGES) {
      const wrong = await ask(handlerWith(), { ...asked, body: { why: "late" }, language });
      const large = await ask(handlerWith(), { ...asked, body: { reason: "x".repeat(600_000) }, language });
      expect([wrong.statusCode, large.statusCode]).toEqual([400, 413]);
      for (const { json: told } of [wrong, large]) expect(told.detail).not.toMatch(voters);
      // Beyond what the dispatcher answers: a service that failed.
      expect(JSON.parse(String(officeProblem("try-again", language).body)).detail).not.toMatch(voters);
    }
  });

  test("every act is recorded, refused ones too, with who, from where and why; reading is not", async () => {
    await ask(handlerWith(), { route: LIST, as: OFFICER });
    await ask(handlerWith(), { ...CLOSE, as: OFFICER, body: { reason: "It is late." } });
    const common = { electionId: "1", atMs: NOW, who: "Name of ada", subject: "ada", address: "192.0.2.7" };
    expect(recorded).toEqual([{ ...common, act: "close", outcome: "refused", reason: "It is late." }]);
  });
});

describe("what needs two officers", () => {
  const twoOfficers = () =>
    handlerWith({
      async propose(call) {
        proposed = call;
        return asProposed(json(202, { proposal_id: "1" }));
      },
    });

  test("is done at once where the stage asks for one", async () => {
    expect((await ask(handlerWith(), { ...CANCEL, as: OFFICER })).statusCode).toBe(200);
    expect(cancelled).toEqual(["Name of ada"]);
  });

  test("waits for another, and is recorded with both names", async () => {
    const handler = twoOfficers();
    expect((await ask(handler, { ...CANCEL, as: OFFICER })).statusCode).toBe(202);
    expect(cancelled).toEqual([]);
    const confirmed = await ask(handler, { route: "POST /office/confirm", as: claims("bo", "officer") });
    expect(confirmed.statusCode).toBe(200);
    expect(cancelled).toEqual(["Name of ada, confirmed by Name of bo"]);
    expect(recorded.map(({ outcome, who }) => [outcome, who])).toEqual([
      ["proposed", "Name of ada"],
      ["done", "Name of ada, confirmed by Name of bo"],
    ]);
  });

  test("is not confirmed by whoever proposed it, in another tab or session, nor by somebody of other groups", async () => {
    const handler = twoOfficers();
    await ask(handler, { ...CANCEL, as: OFFICER });
    for (const as of [claims("ada", "officer", { name: "Another name" }), claims("cy", "auditor")]) {
      expect((await ask(handler, { route: "POST /office/confirm", as })).statusCode).toBe(403);
    }
    expect(cancelled).toEqual([]);
  });
});
