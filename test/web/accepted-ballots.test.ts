import { afterEach, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { acceptedRequestId, forgetAccepted, noteAccepted } from "#web/accepted-ballots.ts";

afterEach(() => forgetAccepted("L"));

test("results that are shown after voting are asked for with the request id of the accepted ballot", () => {
  noteAccepted({ definition: law({ electionId: "L", results: "after_vote" }) }, "r");
  expect(acceptedRequestId("L")).toBe("r");
});

test.each([undefined, "live", "after_close"] as const)(
  "results that are shown %s say nothing of who asks",
  (results) => {
    noteAccepted({ definition: law({ electionId: "L", ...(results !== undefined && { results }) }) }, "r");
    expect(acceptedRequestId("L")).toBeUndefined();
  },
);
