import type { Command } from "commander";
import { describeBox, describeSealed } from "#admin/commands/box-report.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";

/** Commands of a box that trustees open. */
export function addBoxCommands(program: Command): void {
  const box = program.command("box").description("the ballot box of an election of which trustees hold the key");

  type Seal = Reach & Readonly<{ ceremony: string; roll: string; out: string; as: string }>;
  commandOf(
    box,
    "seal <election>",
    "make the bundle that trustees mix and open, once voting has closed; exit code 2 if ballots were set aside",
  )
    .requiredOption("--ceremony <folder>", "the ceremony's folder, with the signed roll")
    .requiredOption("--roll <file>", "the roll of voter keys that was imported, roll.txt")
    .requiredOption("--out <folder>", "the folder to create")
    .option("--as <name>", "who is recorded as having sealed it", loginName())
    .action(async (electionId: string, { ceremony, roll, out, as: who, ...reach }: Seal) => {
      const { sealElection } = await import("#admin/trustees/bundle/seal-election.ts");
      const sealed = await withConnection(reach, (connection) =>
        withProgress((onProgress) => sealElection(connection, electionId, { ceremony, roll, out, who, onProgress })),
      );
      print(describeSealed(sealed));
      if (sealed.box.value.statement.setAside.length > 0) process.exitCode = 2;
    });

  type Status = Reach & Readonly<{ record?: true }>;
  commandOf(
    box,
    "status <bundle>",
    "say which trustee has mixed or opened a sealed box, and whose turn it is; checks nothing, reaches no system",
  )
    .option("--record", "tell the site too, for its results page, once signatures and hashes are checked")
    .action(async (folder: string, { record, ...reach }: Status) => {
      const { readBundle } = await import("#admin/trustees/bundle/bundle-folder.ts");
      const bundle = await readBundle(folder);
      print(describeBox(bundle));
      if (record !== true) return;
      const { recordProgress } = await import("#admin/trustees/bundle/record-progress.ts");
      const { mixes, openings } = await withConnection(reach, (connection) =>
        withProgress((onProgress) => recordProgress(connection, bundle, onProgress)),
      );
      print(`the results page tells ${mixes} mixed and ${openings} opened, until the result is certified`);
    });
}
