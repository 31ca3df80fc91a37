import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
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

test.each([
  "/fr/office/nowhere",
  "/fr/office/audit/1",
  "/en/office/elections/1/roll/2",
  "/en/office/%E0%A4",
  "/en/vote/1",
])("%s is no room", (path) => {
  expect(readOfficePath(path).route).toEqual({ room: "not-found" });
});
