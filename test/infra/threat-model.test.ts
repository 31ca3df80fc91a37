import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  ADDRESS_PACE_MS,
  FREE_GUESSES_AT_IDENTITY,
  FREE_GUESSES_FROM_ADDRESS,
  IDENTITY_PACE_MS,
  MOST_DELAY_SECONDS,
} from "#core/guessing.ts";

/** docs/threat-model.md says of each threat which test shows that it is met, and by which figures guessing is limited. */

const root = new URL("../../", import.meta.url);
const page = await readFile(new URL("docs/threat-model.md", root), "utf8");
const sections = page.split(/^## /m).slice(1);
const threats = page.split("\n").filter((line) => /^\| [STRIDE] \|/.test(line));

describe("a threat", () => {
  test.each(threats)("%s", (threat) => {
    const [, , what = "", mitigation = "", shownBy = ""] = threat.split("|").map((cell) => cell.trim());
    expect(what.length).toBeGreaterThan(10);
    expect(mitigation.length).toBeGreaterThan(10);
    const tests = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    expect(tests.length).toBeGreaterThan(0);
    for (const file of tests) expect([file, existsSync(new URL(file, root))]).toEqual([file, true]);
  });
});

test("every box of the picture is looked at, and every letter of STRIDE comes up", () => {
  const titles = sections.map((section) => section.split("\n")[0]).join(", ");
  for (const box of ["voter", "CloudFront", "submit", "queue", "validate", "roll", "tally", "results", "guesses"]) {
    expect(titles).toContain(box);
  }
  expect(new Set(threats.map((threat) => threat[2]))).toEqual(new Set("STRIDE"));
});

test("the limits on guessing are stated correctly", () => {
  const guessing = sections.find((section) => section.startsWith("Guessing")) ?? "";
  expect(guessing).toContain(`${FREE_GUESSES_AT_IDENTITY} wrong codes`);
  expect(guessing).toContain(`${FREE_GUESSES_FROM_ADDRESS} wrong codes`);
  expect(guessing).toContain(`at most ${MOST_DELAY_SECONDS / 60} minutes`);
  expect(IDENTITY_PACE_MS).toBe(60_000);
  expect(guessing).toContain("one try a minute");
  expect(guessing).toContain(`${1000 / ADDRESS_PACE_MS} ballots a second`);
  const codes = 36 ** 6;
  expect(guessing).toContain(codes.toLocaleString("en-CA"));
  const anHour = FREE_GUESSES_AT_IDENTITY + 3_600_000 / IDENTITY_PACE_MS;
  expect(guessing).toContain(`12 × ${anHour} = ${12 * anHour}`);
  expect(Math.round(codes / (12 * anHour) / 100_000)).toBe(28);
  expect(((12 * 600_000) / codes).toFixed(4)).toBe("0.0033");
  expect(((12 * 36_000) / codes).toFixed(4)).toBe("0.0002");
  expect(((12 * 36_000_000) / codes).toFixed(1)).toBe("0.2");
});
