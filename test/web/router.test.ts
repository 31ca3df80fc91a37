import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { type Route, readPath, writePath } from "#web/router.ts";
import { TEXT_NAMES } from "#web/texts/text-names.ts";

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
const place = (page: "vote" | "results"): fc.Arbitrary<Route> =>
  fc.oneof(
    fc.record({ page: fc.constant(page), electionId: id }),
    fc.record({ page: fc.constant(page), electionId: id, regionId: id }),
  );
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant("home" as const) }),
  fc.record({ page: fc.constant("check" as const) }),
  fc.record({ page: fc.constant("check" as const), electionId: id }),
  fc.record({ page: fc.constant("monitor" as const) }),
  place("vote"),
  fc.record({ page: fc.constant("paper" as const), paperId: id, regionId: fc.option(id, { nil: undefined }) }),
  place("results"),
  fc.record({ page: fc.constant("text" as const), name: fc.constantFrom(...TEXT_NAMES) }),
);

describe("the address", () => {
  test("round-trips page and language", () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), route, (language, written) => {
        expect(readPath(writePath(language, written))).toEqual({ language, route: written });
      }),
    );
  });

  test.each([
    ["/fr/vote/L2025-001", { language: "fr", route: { page: "vote", electionId: "L2025-001" } }],
    ["/en/vote/1/2", { language: "en", route: { page: "vote", electionId: "1", regionId: "2" } }],
    ["/fr/results/1", { language: "fr", route: { page: "results", electionId: "1" } }],
    ["/en/vote/paper/P1", { language: "en", route: { page: "paper", paperId: "P1" } }],
    ["/fr/vote/paper/P1/2", { language: "fr", route: { page: "paper", paperId: "P1", regionId: "2" } }],
    ["/fr/vote/paper/P1/2/3", { language: "fr", route: { page: "not-found" } }],
    ["/fr/results/paper/1", { language: "fr", route: { page: "results", electionId: "paper", regionId: "1" } }],
    ["/fr/monitor", { language: "fr", route: { page: "monitor" } }],
    ["/fr/monitor/1", { language: "fr", route: { page: "not-found" } }],
    ["/vote/1", { language: undefined, route: { page: "vote", electionId: "1" } }],
    ["/fr/help", { language: "fr", route: { page: "text", name: "help" } }],
    ["/fr/help/me", { language: "fr", route: { page: "not-found" } }],
    ["/", { language: undefined, route: { page: "home" } }],
    ["/fr/", { language: "fr", route: { page: "home" } }],
    ["/fr/check", { language: "fr", route: { page: "check" } }],
    ["/en/check/1/2", { language: "en", route: { page: "not-found" } }],
    ["/fr/vote", { language: "fr", route: { page: "not-found" } }],
    ["/fr/vote/1/2/3", { language: "fr", route: { page: "not-found" } }],
    ["/de", { language: undefined, route: { page: "not-found" } }],
    ["/fr/%E0%A4%A", { language: undefined, route: { page: "not-found" } }],
  ])("%s is understood", (path, location) => {
    expect(readPath(path)).toEqual(location);
  });
});
