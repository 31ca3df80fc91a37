import type { Command } from "commander";
import { commandOf, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { exportAudit } from "#admin/elections/audit.ts";

export function addAuditCommands(program: Command): void {
  commandOf(
    program.command("audit").description("what happened to an election"),
    "export <election>",
    "write every state change and every attempt to a file as NDJSON; no choices, credentials or hashes",
  )
    .requiredOption("--out <file>", "the file to write; one that exists is replaced")
    .action(async (electionId: string, options: Reach & { out: string }) => {
      const { stateChanges, accepted, refused } = await withConnection(options, (connection) =>
        withProgress((onProgress) => exportAudit(connection, electionId, options.out, { onProgress })),
      );
      print(
        `wrote ${stateChanges} state changes, ${accepted} accepted and ${refused} refused attempts to ${options.out}`,
      );
    });
}
