import type { Command } from "commander";
import { commandOf, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { isRefillable, REFILLABLE_TABLES, refillTable } from "#admin/tables/refill.ts";
import { Refusal } from "#core/refusal.ts";

export function addTableCommands(program: Command): void {
  commandOf(
    program.command("table").description("tables, when one was damaged"),
    "refill <table>",
    `put back what ${REFILLABLE_TABLES.join(", ")} lack and a restored copy holds; what is there stays as it is`,
  )
    .requiredOption("--from <name>", "the restored copy, as DynamoDB names it")
    .action(async (table: string, options: Reach & { from: string }) => {
      if (!isRefillable(table)) {
        throw new Refusal(`${table} cannot be refilled; these can: ${REFILLABLE_TABLES.join(", ")}.`);
      }
      const { read, putBack } = await withConnection(options, (connection) =>
        withProgress((onProgress) => refillTable(connection, table, options.from, { onProgress })),
      );
      print(`${table}: ${read} items in the copy, ${putBack} were missing and are back`);
    });
}
