import { expect, test } from "vitest";
import { formatClock, formatInstant, formatTime } from "#core/instant-words.ts";
import { formatCount, formatDistance, formatDuration, formatPercentage, formatRank, pluralOf } from "#web/format.ts";

const plain = (text: string): string => text.replaceAll(/\s/gu, " ");

test("a share has one decimal, written as each language writes it", () => {
  expect(plain(formatPercentage("en", 45.25))).toBe("45.3%");
  expect(plain(formatPercentage("fr", 45.25))).toBe("45,3 %");
  expect(plain(formatPercentage("en", 0))).toBe("0.0%");
});

test("a count is grouped by three", () => {
  expect(formatCount("en", 8_000_000)).toBe("8,000,000");
  expect(plain(formatCount("fr", 8_000_000))).toBe("8 000 000");
});

test("an instant is a day and a time in a named time zone, and in French the first of a month is “1er”", () => {
  expect(plain(formatInstant("en", "2026-10-05T20:00:00-04:00", "America/Montreal"))).toBe(
    "October 5, 2026 at 8:00 p.m. EDT",
  );
  expect(plain(formatInstant("fr", "2026-10-01T20:00:00-04:00", "America/Montreal"))).toContain("1er octobre 2026");
});

test.each([
  ["00:00:00", "12:00 a.m.", "0 h", "12:00:00 a.m.", "0 h 00 min 00 s"],
  ["08:05:09", "8:05 a.m.", "8 h 05", "8:05:09 a.m.", "8 h 05 min 09 s"],
  ["12:00:00", "12:00 p.m.", "12 h", "12:00:00 p.m.", "12 h 00 min 00 s"],
  ["20:00:00", "8:00 p.m.", "20 h", "8:00:00 p.m.", "20 h 00 min 00 s"],
])("%s is written the same everywhere, in the zone that is asked for, and no line break parts it", (shown, ...told) => {
  const instant = `2026-10-05T${shown}-04:00`;
  const written = [formatTime, formatClock].flatMap((format) =>
    (["en", "fr"] as const).map((language) => format(language, instant, "America/Toronto")),
  );
  expect(written.map(plain)).toEqual(told);
  expect(written.join("")).not.toContain(" ");
});

test("a full hour is written short in French", () => {
  expect(plain(formatInstant("fr", "2026-10-05T20:00:00-04:00", "America/Toronto"))).toBe("5 octobre 2026 à 20 h HAE");
  expect(plain(formatInstant("fr", Date.parse("2026-12-01T20:05:00-05:00"), "America/Toronto"))).toBe(
    "1er décembre 2026 à 20 h 05 HNE",
  );
});

test("time left is given in its largest unit", () => {
  const nowMs = Date.parse("2026-10-05T12:00:00Z");
  expect(formatDistance("en", "2026-10-08T13:00:00Z", nowMs)).toBe("in 3 days");
  expect(formatDistance("fr", "2026-10-05T14:30:00Z", nowMs)).toBe("dans 2 heures");
  expect(formatDistance("en", "2026-10-05T12:00:20Z", nowMs)).toBe("in 0 minutes");
});

test("none is singular in French and plural in English", () => {
  const forms = { one: "one", other: "other" };
  expect([0, 1, 2].map((count) => pluralOf("fr", count, forms))).toEqual(["one", "one", "other"]);
  expect([0, 1, 2].map((count) => pluralOf("en", count, forms))).toEqual(["other", "one", "other"]);
});

test("ranks are ordinals", () => {
  expect([1, 2, 3, 4, 11, 22].map((rank) => formatRank("en", rank))).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "22nd",
  ]);
  expect([1, 2].map((rank) => formatRank("fr", rank))).toEqual(["1er", "2e"]);
});

test("a duration is given in its two largest units", () => {
  const minutes = (days: number, hours: number, rest: number): number => ((days * 24 + hours) * 60 + rest) * 60_000;
  expect(plain(formatDuration("en", minutes(2, 3, 59)))).toBe("2 days and 3 hours");
  expect(plain(formatDuration("en", minutes(1, 0, 5)))).toBe("1 day");
  expect(plain(formatDuration("fr", minutes(0, 1, 20) + 59_999))).toBe("1 heure et 20 minutes");
  expect(plain(formatDuration("fr", minutes(0, 0, 1)))).toBe("1 minute");
  expect(formatDuration("en", 59_999)).toBe("");
});
