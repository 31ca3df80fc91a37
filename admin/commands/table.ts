import type { Command } from "commander";
import { commandOf, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { isRefillable, REFILLABLE_TABLES, refillTable } from "#admin/tables/refill.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

export function addTableCommands(program: Command): void {
  commandOf(
    program.command("table").description("repair of damaged tables"),
    "refill <table>",
    `add to a table (${REFILLABLE_TABLES.join(", ")}) the items of a restored copy that it lacks; others stay as they are`,
  )
    .requiredOption("--from <name>", "the restored copy's name in DynamoDB")
    .action(async (table: string, options: Reach & { from: string }) => {
      if (!isRefillable(table)) {
        throw new EnglishRefusal(`${table} cannot be refilled; these can: ${REFILLABLE_TABLES.join(", ")}.`);
      }
      const { read, putBack } = await withConnection(options, (connection) =>
        withProgress((onProgress) => refillTable(connection, table, options.from, { onProgress })),
      );
      print(`${table}: ${read} items in the copy, of which ${putBack} were missing and are restored`);
    });
}
