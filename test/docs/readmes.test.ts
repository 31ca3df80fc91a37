import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const readme = (name: string): string => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");
const english = readme("README.md");
const french = readme("README.fr.md");

const found = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([whole]) => whole);
const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```|`[^`]*`/g, "");

test("the French README gives the same commands as the English one, in the same order", () => {
  const commands = /```[\s\S]*?```/g;
  expect(found(english, commands).length).toBeGreaterThan(5);
  expect(found(french, commands)).toEqual(found(english, commands));
});

test("both have the same sections and tables, and lead to the same files", () => {
  const shape = (text: string) => ({
    sections: found(text, /^#+ /gm),
    rows: found(text, /^\|.*\|$/gm).length,
    files: found(text, /\]\([^)]+\)/g)
      .filter((link) => !link.includes("README"))
      .sort(),
  });
  expect(shape(french)).toEqual(shape(english));
});

test("each leads to the other", () => {
  expect(english).toContain("](README.fr.md)");
  expect(french).toContain("](README.md)");
});

test("French punctuation keeps its place: no breakable space before a sign, no straight apostrophe", () => {
  expect(found(withoutCode(french), /.{20}(?: [;:?!»]|« |').{0,20}/g)).toEqual([]);
});
