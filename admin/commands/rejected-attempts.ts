import type { Command } from "commander";
import { commandOf, print, type Reach, wholeNumber, withConnection } from "#admin/commands/command-line.ts";
import { formatRejectedAttempts } from "#admin/commands/rejected-attempts-report.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { exportRejectedAttempts } from "#admin/rejected-attempts/export.ts";

export function addReviewCommands(program: Command): void {
  const review = program.command("review").description("attempts that were refused, with the reason");

  commandOf(
    review,
    "list <election>",
    "count the refused attempts and show the latest: reason, how often, first and last time",
  )
    .option("--limit <number>", "how many rows", wholeNumber, 50)
    .action(async (electionId: string, options: Reach & { limit: number }) => {
      const digest = await withConnection(options, (connection) =>
        digestRejectedAttempts(connection, electionId, options.limit),
      );
      print(formatRejectedAttempts(electionId, digest));
    });

  commandOf(review, "export <election>", "write the refused attempts to a file, one voter and reason a row")
    .requiredOption("--out <file>", "the file to write: CSV when its name ends in .csv, else NDJSON")
    .action(async (electionId: string, options: Reach & { out: string }) => {
      const rows = await withConnection(options, (connection) =>
        exportRejectedAttempts(connection, electionId, options.out),
      );
      print(`wrote ${rows} rows to ${options.out}`);
    });
}
