import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrastOf, fillOf, PAPER, shownOn, textOn } from "#web/results/colour.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
const tokens = readFileSync(new URL("../../web/styles/tokens.css", import.meta.url), "utf8");

describe("a party's colour", () => {
  test("is measured as WCAG measures: black on white is 21 to 1, and its example grey 4.48 to 1", () => {
    expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrastOf("#ffffff", "#777777")).toBe(contrastOf("#777777", "#ffffff"));
  });

  test("has readable text on it, whatever the colour", () => {
    fc.assert(fc.property(colour, (any) => contrastOf(textOn(any), any) >= 4.5));
  });

  test("has an edge that stands out from the background in light and dark", () => {
    fc.assert(
      fc.property(colour, fc.constantFrom(PAPER.day, PAPER.night), (any, paper) => {
        const shown = shownOn(paper, any);
        expect(shown).toMatch(/^#[0-9a-f]{6}$/);
        expect(contrastOf(shown, paper)).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  test("needs no edge of another colour when it stands out by itself", () => {
    expect(shownOn(PAPER.day, "#b3261e")).toBe("#b3261e");
    expect(shownOn(PAPER.night, "#ffd500")).toBe("#ffd500");
    expect(shownOn(PAPER.day, "#ffd500")).not.toBe("#ffd500");
  });

  test("is measured against the background in the style sheet", () => {
    expect(tokens).toContain(`--paper: light-dark(${PAPER.day}, ${PAPER.night})`);
  });
});

test("independents have a colour that no party has", () => {
  expect(fillOf(null)).toEqual(fillOf("#59564e"));
});
