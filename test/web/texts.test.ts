import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "#core/language.ts";
import { readPath } from "#web/router.ts";
import { type Block, readMarkedText, type Span } from "#web/texts/marked-text.ts";
import { TEXT_NAMES, type TextName } from "#web/texts/text-names.ts";

const sourceOf = (name: TextName, language: Language): string =>
  readFileSync(fileURLToPath(new URL(`../../web/texts/${name}.${language}.md`, import.meta.url)), "utf8");

const spansOf = (block: Block): readonly Span[] =>
  block.kind === "paragraph" ? block.spans : block.kind === "list" ? block.items.flat() : [];

describe("a text of the site", () => {
  test("is read into its title, headings, paragraphs, lists and links", () => {
    expect(
      readMarkedText("# A\n\n## B\n\nOne\ntwo [three](/en) four.\n\n- five\n  six\n- [seven](/fr)\n\n1. eight\n"),
    ).toEqual([
      { kind: "title", text: "A" },
      { kind: "heading", text: "B" },
      { kind: "paragraph", spans: [{ text: "One two " }, { text: "three", href: "/en" }, { text: " four." }] },
      { kind: "list", isNumbered: false, items: [[{ text: "five   six" }], [{ text: "seven", href: "/fr" }]] },
      { kind: "list", isNumbered: true, items: [[{ text: "eight" }]] },
    ]);
  });

  test.each(TEXT_NAMES)("%s has as many sections, lists and links in French as in English", (name) => {
    const shapes = LANGUAGES.map((language) =>
      readMarkedText(sourceOf(name, language)).map((block) => [
        block.kind,
        block.kind === "list" ? block.items.length : 0,
        spansOf(block)
          .flatMap(({ href }) => href ?? [])
          .map((href) => href.replace(`/${language}`, "")),
      ]),
    );
    expect(shapes[0]).toEqual(shapes[1]);
  });

  test.each(TEXT_NAMES.flatMap((name) => LANGUAGES.map((language) => [name, language] as const)))(
    "%s in %s has one title, leads to pages of its language only, and is written as that language is",
    (name, language) => {
      const source = sourceOf(name, language);
      const blocks = readMarkedText(source);
      expect(blocks.filter(({ kind }) => kind === "title").length).toBe(1);
      const links = blocks.flatMap(spansOf).flatMap(({ href }) => href ?? []);
      expect(links.filter((href) => readPath(href).language !== language)).toEqual([]);
      // Straight apostrophes and quotes, exclamation marks, unparsed markup, and in French breakable spaces.
      expect(source).not.toMatch(/['"!*_`]/);
      if (language === "fr") expect(source).not.toMatch(/ [;:?»]|« /);
    },
  );
});
