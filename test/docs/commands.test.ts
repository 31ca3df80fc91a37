import { globSync, readFileSync } from "node:fs";
import { type Command, CommanderError } from "commander";
import { expect, test } from "vitest";
import { scrutinProgram } from "#admin/commands/program.ts";

/** Commands of `scrutin` in the documents are as the program takes them: names, arguments, options. What they do has tests of its own. */

const PAGES = globSync(["*.md", "docs/*.md"]);

const isOfScrutin = (line: string): boolean => /^(?:[A-Z_]+=\S+ )*npx scrutin /.test(line);

/** The commands in a page's blocks of shell, a line each. */
function commandsIn(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.replaceAll("\\\n", " ").split("\n")).filter(isOfScrutin);
}

/** A command's words, without variables before it, comments, and what its output goes to. */
function wordsOf(line: string): readonly string[] {
  const [own = ""] = line.split(/ (?:#|\||>|&&) /);
  const words = own.slice(own.indexOf("scrutin ") + "scrutin ".length).match(/"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ""));
}

/** The program, of which no command does anything. */
function idle(command: Command, onRun: () => void): Command {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  for (const child of command.commands) idle(child, onRun);
  return command.commands.length > 0 ? command : command.action(onRun);
}

/** What the program says against a line; undefined when it would run it. */
async function refusalOf(line: string): Promise<string | undefined> {
  let runs = 0;
  const program = idle(scrutinProgram(), () => {
    runs += 1;
  });
  try {
    await program.parseAsync(wordsOf(line), { from: "user" });
  } catch (error) {
    return error instanceof CommanderError && error.exitCode === 0 ? undefined : String(error);
  }
  return runs === 1 ? undefined : "no command was run";
}

const lines = PAGES.flatMap((page) => commandsIn(readFileSync(page, "utf8")).map((line) => [page, line] as const));

test("documents have commands", () => {
  expect(lines.length).toBeGreaterThan(50);
});

test.each(lines)("%s: %s", async (_page, line) => {
  expect(await refusalOf(line)).toBeUndefined();
});

test("a command that the program does not take is noticed", async () => {
  for (const line of [
    "npx scrutin trustee knit f",
    "npx scrutin trustee new --name A",
    "npx scrutin results 1 --colour red",
  ]) {
    expect(await refusalOf(line), line).toBeDefined();
  }
});
