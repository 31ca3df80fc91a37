import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { runHere } from "#test/admin/tool.ts";

/** docs/runbook.md is read in a hurry: its commands and links must work. */

const DOCS = new URL("../../docs/", import.meta.url);

let runbook: string;
beforeAll(async () => {
  runbook = await readFile(new URL("runbook.md", DOCS), "utf8");
});

/** How GitHub names the anchor of a heading. */
const anchorsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Each use of the command, split into words. */
const uses = (): readonly (readonly string[])[] =>
  [...runbook.matchAll(/npx scrutin ([^\n`]+)/g)].map(([, words = ""]) =>
    words
      .replaceAll(/"[^"]*"/g, "text")
      .replace(/#.*$/, "")
      .trim()
      .split(/\s+/),
  );

const WITH_SUBCOMMANDS = ["election", "rejected", "set-aside", "audit", "roll", "tally", "table"];
const commandOf = ([first = "", second = ""]: readonly string[]): readonly string[] =>
  WITH_SUBCOMMANDS.includes(first) ? [first, second] : [first];

describe("the runbook", () => {
  test("uses only existing commands and options", async () => {
    expect(uses().length).toBeGreaterThan(10);
    for (const words of uses()) {
      const command = commandOf(words);
      const { stdout: help } = await runHere(0, [...command, "--help"]);
      expect(help).toContain(`Usage: scrutin ${command.join(" ")}`);
      for (const option of words.filter((word) => word.startsWith("--"))) {
        expect(help, words.join(" ")).toMatch(new RegExp(`${option}\\b`));
      }
      const required = [...help.matchAll(/<(\w+)>/g)].length;
      expect(words.length, words.join(" ")).toBeGreaterThanOrEqual(Math.min(required, 1) + command.length);
    }
  });

  test("asks the API through the site: by its own address it answers nobody but CloudFront", () => {
    const asked = [...runbook.matchAll(/curl [^`\n]*/g)].map(([command]) => command);
    expect(asked.length).toBeGreaterThan(0);
    for (const command of asked) expect(command).toContain('"$(site)/api/v1/');
  });

  test("links to existing sections, its own and other documents'", async () => {
    const links = [...runbook.matchAll(/\]\(([\w.-]*)#([\w-]+)\)/g)];
    expect(links.length).toBeGreaterThan(5);
    for (const [, file = "", anchor] of links) {
      const markdown = file === "" ? runbook : await readFile(new URL(file, DOCS), "utf8");
      expect(anchorsOf(markdown)).toContain(anchor);
    }
  });

  test("defines each shell function that it uses", () => {
    const defined = [...runbook.matchAll(/^(\w+)\(\) \{/gm)].map(([, name]) => name);
    expect(defined.sort()).toEqual(["depth", "errors", "out", "part", "site"]);
    for (const [, name] of runbook.matchAll(/\$\((\w+)[ )]/g)) {
      expect(["aws", ...defined]).toContain(name);
    }
  });
});
