import type { Command } from "commander";
import { commandOf, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { formatResults } from "#admin/commands/results-report.ts";
import { fetchResults } from "#admin/elections/published-results.ts";

export function addResultsCommand(program: Command): void {
  commandOf(program, "results <election>", "show the result of a law or an election")
    .option("--region <id>", "one region instead of the sum")
    .option("--json", "print the API's answer")
    .action(async (electionId: string, options: Reach & { region?: string; json?: boolean }) => {
      const results = await withConnection(options, ({ apiUrl }) => fetchResults(apiUrl, electionId, options.region));
      const decorated = process.stdout.isTTY && process.env.NO_COLOR === undefined;
      print(options.json ? JSON.stringify(results.body, null, 2) : formatResults(results, decorated));
    });
}
