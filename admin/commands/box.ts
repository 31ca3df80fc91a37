import type { Command } from "commander";
import { describeBox } from "#admin/commands/box-report.ts";
import { print } from "#admin/commands/command-line.ts";

/** Commands of a box that trustees open. */
export function addBoxCommands(program: Command): void {
  const box = program.command("box").description("the ballot box of an election of which trustees hold the key");

  box
    .command("status <bundle>")
    .description("say which trustee has mixed or opened a sealed box, and whose turn it is; checks nothing")
    .action(async (folder: string) => {
      const { readBundle } = await import("#admin/trustees/bundle/bundle-folder.ts");
      print(describeBox(await readBundle(folder)));
    });
}
