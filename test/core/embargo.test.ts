import { expect, test } from "vitest";
import { embargoOn, isBelowPrivacyThreshold, roundToPrivacyThreshold } from "#core/disclosure.ts";
import { race } from "#test/definitions.ts";

const OPENS = "2026-01-01T00:00:00Z";
const CLOSES = "2026-01-02T00:00:00Z";
const WHILE_OPEN = Date.parse(OPENS) + 1;
const AFTER_CLOSE = Date.parse(CLOSES);
const times = { opensAt: OPENS, closesAt: CLOSES };

test.each([
  ["live", WHILE_OPEN, undefined],
  ["after_vote", WHILE_OPEN, "after-vote"],
  ["after_close", WHILE_OPEN, "after-close"],
  ["live", Date.parse(OPENS) - 1, "not-open"],
  ["after_vote", AFTER_CLOSE, undefined],
  ["after_close", AFTER_CLOSE, undefined],
])("results %s at %i: %s", (results, atMs, embargo) => {
  expect(embargoOn(race({ ...times, results }), atMs)).toBe(embargo);
});

test("a live result needs the privacy threshold; a closed one does not", () => {
  const definition = race({ ...times, minimumBallots: 10 });
  expect(isBelowPrivacyThreshold(definition, 9, WHILE_OPEN)).toBe(true);
  expect(isBelowPrivacyThreshold(definition, 10, WHILE_OPEN)).toBe(false);
  expect(isBelowPrivacyThreshold(definition, 0, AFTER_CLOSE)).toBe(false);
  expect(isBelowPrivacyThreshold(race({ ...times, minimumBallots: 1 }), 0, WHILE_OPEN)).toBe(false);
});

test("while a result is withheld, turnout is rounded to that threshold", () => {
  const definition = race({ minimumBallots: 10 });
  expect([0, 9, 10, 27].map((ballots) => roundToPrivacyThreshold(definition, ballots))).toEqual([0, 0, 10, 20]);
});

test("an accepted ballot reveals a result shown after voting, and no other", () => {
  const embargo = (results: string, atMs: number) => embargoOn(race({ ...times, results }), atMs, true);
  expect(embargo("after_vote", WHILE_OPEN)).toBeUndefined();
  expect(embargo("after_close", WHILE_OPEN)).toBe("after-close");
  expect(embargo("after_vote", Date.parse(OPENS) - 1)).toBe("not-open");
});
