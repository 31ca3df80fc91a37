import { describe, expect, test } from "vitest";
import { describeFaults } from "#core/definition-faults.ts";
import { withTimesFrom } from "#core/relative-times.ts";

const START = Date.parse("2026-11-28T03:30:45Z");

const resolved = (closesAt: unknown, timeZone?: string, startMs = START): unknown =>
  Reflect.get(Object(withTimesFrom({ closesAt, timeZone }, startMs)), "closesAt");

describe("a time that counts from a start", () => {
  test.each([
    ["start", "2026-11-27T22:30:00-05:00"],
    ["start+90m", "2026-11-28T00:00:00-05:00"],
    ["start-2h", "2026-11-27T20:30:00-05:00"],
    // It is still the 27th in Toronto.
    ["start+3d 20:00", "2026-11-30T20:00:00-05:00"],
    ["start-1d 08:00", "2026-11-26T08:00:00-05:00"],
    ["start+0d 23:59", "2026-11-27T23:59:00-05:00"],
  ])("%s is %s, in the zone of the election", (time, instant) => {
    expect(resolved(time)).toBe(instant);
  });

  test("is told by the clocks of another zone", () => {
    expect(resolved("start+3d 20:00", "Europe/Paris")).toBe("2026-12-01T20:00:00+01:00");
  });

  test("has the offset of its own day, and an hour later where clocks skip it", () => {
    const spring = Date.parse("2027-03-13T12:00:00Z");
    expect(resolved("start+0d 20:00", undefined, spring)).toBe("2027-03-13T20:00:00-05:00");
    expect(resolved("start+1d 20:00", undefined, spring)).toBe("2027-03-14T20:00:00-04:00");
    expect(resolved("start+1d 02:30", undefined, spring)).toBe("2027-03-14T03:30:00-04:00");
  });

  test.each(["2026-12-01T20:00:00-05:00", "start+3d", "start+3d 24:00", "started", " start", 7, null, undefined])(
    "%s is left as it is",
    (time) => {
      expect(resolved(time)).toBe(time);
    },
  );

  test.each([null, "start", ["start"]])("a definition that is %j is left as it is", (json) => {
    expect(withTimesFrom(json, START)).toBe(json);
  });

  test("is resolved in no other field", () => {
    expect(withTimesFrom({ title: "start", opensAt: "start" }, START)).toEqual({
      title: "start",
      opensAt: "2026-11-27T22:30:00-05:00",
    });
  });
});

test("without a start each is refused in a sentence of its own", () => {
  expect(describeFaults({ opensAt: "start-1d 08:00", closesAt: "start+3d" })).toEqual(
    expect.arrayContaining([
      'opensAt: "start-1d 08:00" counts from npm start, which alone knows it: write a date and time with its offset, such as "2026-10-19T09:00:00-04:00".',
      'closesAt: must be a date and time with its offset, such as "2026-10-19T09:00:00-04:00".',
    ]),
  );
});
