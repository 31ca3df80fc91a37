import { expect, test } from "vitest";
import { CATALOGUE } from "#test/web/catalogue.ts";
import { timeToGo } from "#web/home/time-to-go.ts";

const nowMs = Date.parse("2026-10-05T12:00:00Z");
const told = (language: "fr" | "en", instant: string, isUpcoming = false): string =>
  timeToGo(language, CATALOGUE[language], instant, isUpcoming, nowMs).replaceAll(/\s/gu, " ");

test("the time left to vote is given in days, hours and minutes, and counts down to the last", () => {
  expect(told("en", "2026-10-08T15:30:00Z")).toBe("3 days and 3 hours left");
  expect(told("fr", "2026-10-05T13:20:30Z")).toBe("Il reste 1 heure et 20 minutes");
  expect(told("en", "2026-10-05T12:01:00Z")).toBe("1 minute left");
  expect(told("en", "2026-10-05T12:00:59Z")).toBe("Less than a minute left");
  expect(told("en", "2026-10-05T11:59:00Z")).toBe("Less than a minute left");
});

test("so is the time until voting opens", () => {
  expect(told("fr", "2026-10-06T12:00:00Z", true)).toBe("Ouvre dans 1 jour");
  expect(told("en", "2026-10-05T12:00:30Z", true)).toBe("Opens in less than a minute");
});

test("what is more than two months away is given roughly", () => {
  expect(told("en", "2029-12-31T12:00:00Z")).toBe("Closes in 3 years");
  expect(told("fr", "2027-10-10T12:00:00Z", true)).toBe("Ouvre dans 1 an");
});
