import { Command } from "commander";
import { addAuditCommands } from "#admin/commands/audit.ts";
import { addCertificationCommands } from "#admin/commands/certification.ts";
import { addElectionCommands } from "#admin/commands/election.ts";
import { addReviewCommands } from "#admin/commands/rejected-attempts.ts";
import { addResultsCommand } from "#admin/commands/results.ts";
import { addRollCommands } from "#admin/commands/roll.ts";
import { addTableCommands } from "#admin/commands/table.ts";
import { Refusal } from "#core/refusal.ts";

/** The `scrutin` command line tool. Each command calls one operation and prints what it returns. */

const program = new Command("scrutin")
  .description("Runs referendums and elections: definitions, electoral rolls, results.")
  .showHelpAfterError("(see scrutin --help)");

// In the order of the help.
for (const addTo of [
  addElectionCommands,
  addReviewCommands,
  addAuditCommands,
  addResultsCommand,
  addRollCommands,
  addCertificationCommands,
  addTableCommands,
]) {
  addTo(program);
}

try {
  await program.parseAsync();
} catch (error) {
  // One sentence and no stack trace: officers read this.
  const said = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`${error instanceof Refusal ? said : `scrutin could not finish: ${said}`}\n`);
  process.exitCode = 1;
}
