import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import { json } from "#functions/runtime/http.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import type { OfficeHandlers, OfficeRoute, OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { ask, claims, officeOf } from "#test/functions/office/calling.ts";

/** Routes × groups: who may send what, generated from the routes' own tables. */

const TABLES: Readonly<Record<string, OfficeRoutes>> = {
  office: OFFICE_FUNCTION_ROUTES,
  "office-roll": ROLL_ROUTES,
};
const ALL: readonly (readonly [string, OfficeRoute])[] = Object.values(TABLES).flatMap(Object.entries);
const handlerFor = (routes: OfficeRoutes) => {
  const handlers: OfficeHandlers<OfficeRoutes> = Object.fromEntries(
    Object.keys(routes).map((route) => [route, async () => json(200, { done: route })]),
  );
  return createOfficeHandler(routes, handlers, officeOf());
};

describe.each(Object.entries(TABLES))("the routes of %s", (_, routes) => {
  const handler = handlerFor(routes);

  test.each(Object.keys(routes))("%s: nobody without a token, and of each group who may", async (route) => {
    const { [route]: { groups = [] } = {} } = routes;
    expect(groups.length, "somebody may").toBeGreaterThan(0);
    expect((await ask(handler, { route })).statusCode).toBe(401);
    for (const group of OFFICE_GROUPS) {
      const { statusCode } = await ask(handler, { route, as: claims("ada", group) });
      expect([group, statusCode]).toEqual([group, groups.includes(group) ? 200 : 403]);
    }
    for (const none of ["", "administrators", "office"]) {
      expect((await ask(handler, { route, as: claims("ada", none) })).statusCode).toBe(403);
    }
  });
});

describe("of all routes", () => {
  const may = (group: (typeof OFFICE_GROUPS)[number]) =>
    ALL.filter(([, { groups }]) => groups.includes(group)).map(([route]) => route);
  const isReading = (route: string): boolean => route.startsWith("GET ");

  test("an auditor and an observer change nothing, and sign out", () => {
    for (const group of ["auditor", "observer"] as const) {
      expect(may(group).filter((route) => !isReading(route))).toEqual(["POST /office/sign-out"]);
    }
  });

  test("an auditor sees what an observer sees, and more", () => {
    expect(may("observer").filter((route) => !may("auditor").includes(route))).toEqual([]);
  });

  test("reading is never an act and needs nobody else; whatever changes an election is recorded", () => {
    const reads = ALL.filter(([route]) => isReading(route));
    expect(reads.filter(([, { act, needsTwo }]) => act !== undefined || needsTwo === true)).toEqual([]);
    // What is kept until somebody applies it, which is recorded.
    const unrecorded = ALL.filter(([route, { act }]) => !isReading(route) && act === undefined);
    const drafts =
      /^(?:PUT \/office\/elections\/\{election_id\}\/draft|POST \/office\/photos|PUT .*\/roll\/imports\/.*)$/;
    expect(unrecorded.map(([route]) => route).filter((route) => !drafts.test(route))).toEqual([]);
  });

  test("what waits for a second person holds nobody's credentials: no route of the roll needs two", () => {
    const kept = ALL.filter(([, { needsTwo }]) => needsTwo === true).map(([route]) => route);
    expect(kept.filter((route) => route.includes("/roll"))).toEqual([]);
  });

  test("whatever cannot be taken back needs two: an act that one may do alone is named here, with why", () => {
    const alone: Readonly<Record<string, string>> = {
      "discard draft": "a definition that is in force stays",
      "send messages again": "what was decided stays decided",
      recount: "what the box says can be counted again",
      confirm: "is the second of two",
      refuse: "nothing is done",
      "withdraw proposal": "nothing is done",
      "sign out": "of their own account",
    };
    const acts = ALL.filter(([route, { act }]) => act !== undefined && !route.includes("/roll"));
    const without = acts.filter(([, { needsTwo }]) => needsTwo !== true).map(([, { act }]) => act);
    expect(without.sort()).toEqual(Object.keys(alone).sort());
  });

  test("nothing that opens the ballot box before it is published is a registrar's or an observer's", () => {
    const readers = ALL.filter(([route]) => isReading(route) && route.includes("/bundle/"));
    expect(readers.map(([, { groups }]) => groups)).toEqual([["officer", "auditor"]]);
  });

  test("what needs two says what its body must be: nothing is proposed that could not be done", () => {
    expect(ALL.filter(([, { needsTwo, asks }]) => needsTwo === true && asks === undefined)).toEqual([]);
  });
});

test("no function reads or sets a cookie, so that no other site can act in an officer's name", () => {
  const functions = new URL("../../../functions/", import.meta.url).pathname;
  const naming = readdirSync(functions, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .filter((name) => /cookie/i.test(readFileSync(functions + name, "utf8")));
  expect(naming).toEqual([]);
});
