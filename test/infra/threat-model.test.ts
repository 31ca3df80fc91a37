import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

/** docs/threat-model.md names a test for each threat. */

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

test("every box in the diagram has a section, and every letter of STRIDE is used", () => {
  const titles = sections.map((section) => section.split("\n")[0]).join(", ");
  for (const box of ["voter", "CloudFront", "submit", "queue", "validate", "roll", "tally", "results", "guesses"]) {
    expect(titles).toContain(box);
  }
  expect(new Set(threats.map((threat) => threat[2]))).toEqual(new Set("STRIDE"));
});
