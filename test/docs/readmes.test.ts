import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");

const CODE = /```[\s\S]*?```/g;
const codeOf = (text: string): readonly string[] => text.match(CODE) ?? [];
const levelsOf = (text: string): readonly string[] => text.replaceAll(CODE, "").match(/^#+(?= )/gm) ?? [];
const rowsOf = (text: string): number => text.match(/^\|/gm)?.length ?? 0;

describe.each([
  ["README.md", "README.fr.md"],
  ["docs/office.md", "docs/office.fr.md"],
  ["docs/trustees.md", "docs/trustees.fr.md"],
])("%s and %s", (inEnglish, inFrench) => {
  const [english, french] = [read(inEnglish), read(inFrench)];

  test("have the same commands and diagrams, in the same order", () => {
    expect(codeOf(english).length).toBeGreaterThan(4);
    expect(codeOf(french)).toEqual(codeOf(english));
  });

  test("have as many headings, of the same levels, and as many rows in tables", () => {
    expect(levelsOf(english).length).toBeGreaterThan(5);
    expect(levelsOf(french)).toEqual(levelsOf(english));
    expect(rowsOf(french)).toBe(rowsOf(english));
  });
});
