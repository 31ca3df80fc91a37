import type { Command } from "commander";
import { addAuditActsCommand } from "#admin/commands/audit-acts.ts";
import { commandOf, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { exportAudit } from "#admin/elections/audit.ts";

export function addAuditCommands(program: Command): void {
  const audit = program.command("audit").description("who did what, and the history of an election's ballots");
  addAuditActsCommand(audit);
  commandOf(
    audit,
    "export <election>",
    "write every state change and every attempt to an NDJSON file, without choices, credentials or hashes",
  )
    .requiredOption("--out <file>", "the file to write; an existing one is replaced")
    .action(async (electionId: string, options: Reach & { out: string }) => {
      const { stateChanges, struck, accepted, unstamped, rejected } = await withConnection(options, (connection) =>
        withProgress((onProgress) => exportAudit(connection, electionId, options.out, { onProgress })),
      );
      if (unstamped > 0) print(`${unstamped} ballots without their stamp are in the box: somebody else wrote them.`);
      print(
        `wrote ${stateChanges} state changes, ${struck === 0 ? "" : `${struck === 1 ? "1 code" : `${struck} codes`} struck off, `}${accepted} accepted and ${rejected} rejected attempts to ${options.out}`,
      );
    });
}
