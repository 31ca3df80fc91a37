import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "#core/canonical-json.ts";
import type { AuditPage } from "#functions/office/audit/contract.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { auditPath, isBackwards, NO_FILTER, readWhole } from "#web/office/audit/read-audit.ts";
import { officeActs as en } from "#web/office/messages/en/acts.ts";
import { officeActs as fr } from "#web/office/messages/fr/acts.ts";
import { requestSha256 } from "#web/office/proposals/request-sha256.ts";

const ROUTES: OfficeRoutes = { ...OFFICE_FUNCTION_ROUTES, ...ROLL_ROUTES };
const ACTS = Object.values(ROUTES).flatMap(({ act }) => (act === undefined ? [] : [act]));

describe("the audit's room", () => {
  test.each(ACTS)("the act “%s” has words in both languages", (act) => {
    expect([en[act], fr[act]]).not.toContain(undefined);
  });

  test("asks for whole days of the reader's own time, the last one included", () => {
    const path = auditPath({ ...NO_FILTER, from: "2027-03-14", to: "2027-03-14" });
    const query = new URLSearchParams(path.split("?")[1]);
    expect(query.get("from")).toBe(new Date(2027, 2, 14).toISOString());
    expect(query.get("to")).toBe(new Date(2027, 2, 15).toISOString());
    expect(auditPath(NO_FILTER)).toBe("/office/audit");
    expect(isBackwards({ ...NO_FILTER, from: "2027-03-14", to: "2027-03-13" })).toBe(true);
  });

  test("a file holds every page, and is not made of some", async () => {
    const page = (who: string, next: string | null): AuditPage => ({
      entries: [
        {
          at: "2027-05-01T12:00:00.000Z",
          election_id: "1",
          act: "extend",
          outcome: "done",
          who,
          subject: null,
          address: null,
          reason: null,
          recorded: [],
        },
      ],
      next,
      total: 2,
      acts: ["extend"],
    });
    const whole = await readWhole(
      NO_FILTER,
      () => undefined,
      async (path) => ({ kind: "ok", body: path.includes("after=") ? page("Bo", null) : page("Ada", "x") }),
    );
    expect(whole?.map(({ who }) => who)).toEqual(["Ada", "Bo"]);
    const broken = await readWhole(
      NO_FILTER,
      () => undefined,
      async (path) => (path.includes("after=") ? { kind: "unreachable" } : { kind: "ok", body: page("Ada", "x") }),
    );
    expect(broken).toBeUndefined();
  });
});

test("the browser computes the SHA-256 of a proposal as the service does", async () => {
  const request = { route: "POST /office/x", parameters: { election_id: "1" }, body: { b: "é", a: [1, null] } };
  const expected = createHash("sha256").update(canonicalJson(request)).digest("hex");
  expect(await requestSha256(request)).toBe(expected);
});
