import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const readme = (name: string): string => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");
const english = readme("README.md");
const french = readme("README.fr.md");

const CODE = /```[\s\S]*?```/g;
const codeOf = (text: string): readonly string[] => text.match(CODE) ?? [];
const levelsOf = (text: string): readonly string[] => text.replaceAll(CODE, "").match(/^#+(?= )/gm) ?? [];

test("the French README has the commands and diagrams of the English one, in the same order", () => {
  expect(codeOf(english).length).toBeGreaterThan(4);
  expect(codeOf(french)).toEqual(codeOf(english));
});

test("both have as many headings, of the same levels", () => {
  expect(levelsOf(english).length).toBeGreaterThan(5);
  expect(levelsOf(french)).toEqual(levelsOf(english));
});
