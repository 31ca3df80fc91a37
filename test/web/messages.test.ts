import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";
import { TERMS } from "#web/messages/terms.ts";

const web = fileURLToPath(new URL("../../web/", import.meta.url));

const sources = readdirSync(web, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("messages"))
  .map((name) => readFileSync(`${web}${name}`, "utf8"))
  .join("\n");

type Leaf = Readonly<{ path: readonly string[]; text: unknown }>;

function leavesOf(branch: object, path: readonly string[] = []): readonly Leaf[] {
  return Object.entries(branch).flatMap(([key, value]): readonly Leaf[] =>
    typeof value === "object" ? leavesOf(value, [...path, key]) : [{ path: [...path, key], text: value }],
  );
}

/** A text is used by its name, `t.vote.back`, or chosen from its group by a value, `t.home[status]`. */
function isUsed(path: readonly string[]): boolean {
  const isWord = (name: string): boolean => new RegExp(`\\b${name.replaceAll(".", "\\s*\\.\\s*")}\\b`).test(sources);
  const groups = path.slice(1).map((_, length) => ["t", ...path.slice(0, length + 1)].join("."));
  return isWord(["t", ...path].join(".")) || groups.some((group) => sources.includes(`${group}[`));
}

/** Arguments for a message, enough for the longest. */
const ARGUMENTS = [3, 3, 3, 3];

const saidBy = (text: unknown): unknown => (typeof text === "function" ? text(...ARGUMENTS) : text);

describe.each(LANGUAGES)("the site's texts in %s", (language) => {
  const leaves = leavesOf(CATALOGUE[language]);

  test("exist for every key of the other language", () => {
    const keys = leavesOf(CATALOGUE[language === "fr" ? "en" : "fr"]).map(({ path }) => path.join("."));
    expect(leaves.map(({ path }) => path.join("."))).toEqual(keys);
  });

  test("are not empty", () => {
    for (const { path, text } of leaves) expect(saidBy(text), path.join(".")).toMatch(/[\p{L}\d]/u);
  });

  test("never show a missing value, and never exclaim", () => {
    for (const { path, text } of leaves) expect(saidBy(text), path.join(".")).not.toMatch(/undefined|\[object|!/);
  });
});

test("every text is used on some page", () => {
  const unused = leavesOf(CATALOGUE.en).filter(({ path }) => !isUsed(path));
  expect(unused.map(({ path }) => path.join("."))).toEqual([]);
});

test("French punctuation has no breakable space before it, and no straight apostrophe", () => {
  const broken = leavesOf(CATALOGUE.fr).filter(({ text }) => / [;:?»]|« |'/.test(String(saidBy(text))));
  expect(broken.map(({ path }) => path.join("."))).toEqual([]);
});

/** Whatever comes where a message takes four values: a number, or a text with a full stop of its own. */
const VALUES = Array.from({ length: 16 }, (_, bits) =>
  [1, 2, 4, 8].map((bit) => ((bits & bit) === 0 ? 3 : "on December 1 at 8:00\u00a0p.m.")),
);

test.each(LANGUAGES)("no sentence in %s has two full stops, whatever it ends with", (language) => {
  const doubled = leavesOf(CATALOGUE[language]).flatMap(({ path, text }) =>
    typeof text === "function"
      ? VALUES.map((values) => String(text(...values))).filter((said) => /\.\.|[?…]\./.test(said))
      : [path.join(".")].filter(() => /\.\./.test(String(text))),
  );
  expect(doubled).toEqual([]);
});

describe.each(LANGUAGES)("the terms in %s", (language) => {
  const said = leavesOf(CATALOGUE[language]).map(({ path, text }) => [path.join("."), String(saidBy(text))] as const);

  test("are one for each thing: no text has a word that another replaces", () => {
    const strays = TERMS.flatMap(({ not }) => said.filter(([, text]) => not?.[language]?.test(text)));
    expect(strays).toEqual([]);
  });

  test("are used", () => {
    const all = said.map(([, text]) => text.toLowerCase()).join("\n");
    expect(TERMS.map((term) => term[language]).filter((word) => !all.includes(word.toLowerCase()))).toEqual([]);
  });
});

test("in French a no-break space parts a sign from what it belongs to, a narrow one where it is a semicolon or a question mark", () => {
  const broken = leavesOf(CATALOGUE.fr)
    .map(({ text }) => String(saidBy(text)))
    .filter((said) => /[^\u202f][;?](?=\s|$)|[^\u00a0\u202f][:%»](?=\s|$)|«[^\u00a0\u202f]/.test(said));
  expect(broken).toEqual([]);
});
