import type { Command } from "commander";
import type { CommandLine } from "#admin/commands/certification.ts";
import { isRefillable, REFILLABLE_TABLES, refillTable } from "#admin/elections/table-refill.ts";
import { Refusal } from "#core/refusal.ts";

type Reach = { stage?: string };

/** The commands on whole tables, for the day when one was damaged. */
export function addTableCommands(
  program: Command,
  { commandOf, withConnection, withProgress, print }: CommandLine,
): void {
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
