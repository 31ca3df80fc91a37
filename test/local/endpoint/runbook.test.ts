import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { NOT_RUN, type Runbook, readRunbook } from "#local/endpoint/runbook.ts";

/** What `npm run test:endpoint` runs of docs/runbook.md: all of it. */

let markdown: string;
let runbook: Runbook;
beforeAll(async () => {
  markdown = await readFile(new URL("../../../docs/runbook.md", import.meta.url), "utf8");
  runbook = readRunbook(markdown);
});

test("each command of AWS and each question to the API is found, in a block or in a sentence", () => {
  const all = [runbook.functions, ...runbook.commands].join("\n");
  const typed = [...markdown.matchAll(/\b(?:aws|curl -s) [a-z"][^\s`]*(?: [^\s`]+)?/g)].map(([command]) =>
    command.replace(/[),.]+$/, ""),
  );
  expect(typed.length).toBeGreaterThan(20);
  expect(typed.filter((command) => !all.includes(command))).toEqual([]);
});

test("what is typed first defines the functions, and is run before each of the others", () => {
  expect(runbook.functions).toMatch(/^export STAGE=prod\nout\(\) \{/);
});

test.each(Object.entries(NOT_RUN))(
  "%s, which the emulator cannot run, is in the runbook, and it is said why",
  (beginning, why) => {
    expect(runbook.commands.some((command) => command.split("\n").some((line) => line.startsWith(beginning)))).toBe(
      true,
    );
    expect(why.length).toBeGreaterThan(20);
  },
);
