import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { ROOMS } from "#web/office/rooms.ts";
import { ELECTION_ROOMS, isOfOffice, type OfficeRoute, readOfficePath, writeOfficePath } from "#web/office/router.ts";

const route = fc.oneof(
  fc.constantFrom<OfficeRoute>({ room: "overview" }, { room: "elections" }, { room: "audit" }, { room: "signed-out" }),
  fc.record({ room: fc.constantFrom(...ELECTION_ROOMS), electionId: fc.stringMatching(/^[\w.-]{1,20}$/) }),
);

test("an address of the console says its language and its room, and nothing is lost on the way", () => {
  fc.assert(
    fc.property(route, fc.constantFrom(...LANGUAGES), (shown, language) => {
      const path = writeOfficePath(language, shown);
      expect(isOfOffice(path)).toBe(true);
      expect(readOfficePath(path)).toEqual({ language, route: shown });
    }),
  );
});

test("whoever may enter a room may read what it shows: no room is open that then could not be loaded", () => {
  const ofElection = (last: string): string => `GET /office/elections/{election_id}${last}`;
  const reads: Readonly<Record<keyof typeof ROOMS, readonly string[]>> = {
    overview: ["GET /office/elections"],
    elections: ["GET /office/elections"],
    election: [ofElection("")],
    editor: [ofElection(""), ofElection("/draft")],
    roll: [ofElection("/roll")],
    // An observer has the public figures there.
    polling: [],
    closing: [ofElection("/closing"), "GET /office/jobs"],
    audit: ["GET /office/audit"],
  };
  const routes: OfficeRoutes = { ...OFFICE_FUNCTION_ROUTES, ...ROLL_ROUTES };
  for (const [room, needed] of Object.entries(reads)) {
    const groups = needed.map((route) => routes[route]?.groups ?? []);
    const { [room as keyof typeof ROOMS]: entering } = ROOMS;
    const unread = entering.filter((group) => !groups.every((readers) => readers.includes(group)));
    expect([room, unread]).toEqual([room, []]);
  }
});

test.each([
  "/fr/office/nowhere",
  "/fr/office/audit/1",
  "/en/office/elections/1/roll/2",
  "/en/office/%E0%A4",
  "/en/vote/1",
])("%s is no room", (path) => {
  expect(readOfficePath(path).route).toEqual({ room: "not-found" });
});
