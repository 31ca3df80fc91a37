import type { Command } from "commander";
import { commandOf, print, type Reach, wholeNumber, withConnection } from "#admin/commands/command-line.ts";
import { formatRejectedAttempts } from "#admin/commands/rejected-attempts-report.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { exportRejectedAttempts } from "#admin/rejected-attempts/export.ts";

export function addRejectedAttemptsCommands(program: Command): void {
  const rejected = program.command("rejected").description("rejected attempts, by reason");

  commandOf(
    rejected,
    "list <election>",
    "count the rejected attempts and show the latest: reason, how often, first and last time",
  )
    .option("--limit <number>", "how many rows", wholeNumber, 50)
    .action(async (electionId: string, options: Reach & { limit: number }) => {
      const digest = await withConnection(options, (connection) =>
        digestRejectedAttempts(connection, electionId, options.limit),
      );
      print(formatRejectedAttempts(electionId, digest));
    });

  commandOf(rejected, "export <election>", "write the rejected attempts to a file, a row per voter and reason")
    .requiredOption("--out <file>", "the file to write: CSV when its name ends in .csv, else NDJSON")
    .action(async (electionId: string, options: Reach & { out: string }) => {
      const rows = await withConnection(options, (connection) =>
        exportRejectedAttempts(connection, electionId, options.out),
      );
      print(`wrote ${rows} rows to ${options.out}`);
    });
}
