import { Command, CommanderError } from "commander";
import { addAuditCommands } from "#admin/commands/audit.ts";
import { addBoxCommands } from "#admin/commands/box.ts";
import { addCardsCommands } from "#admin/commands/cards.ts";
import { addCertificationCommands } from "#admin/commands/certification.ts";
import { addElectionCommands } from "#admin/commands/election.ts";
import { addRegistrarCommands } from "#admin/commands/registrar.ts";
import { addRejectedAttemptsCommands } from "#admin/commands/rejected-attempts.ts";
import { addResultsCommand } from "#admin/commands/results.ts";
import { addRollCommands } from "#admin/commands/roll.ts";
import { addSetAsideCommands } from "#admin/commands/set-aside.ts";
import { addTableCommands } from "#admin/commands/table.ts";
import { addTrusteesCommands } from "#admin/commands/trustees.ts";
import { Refusal } from "#core/refusal.ts";

/** The `scrutin` command line tool. Each command calls one operation and prints what it returns. */

// In the order of the help.
const ADDERS = [
  addElectionCommands,
  addRejectedAttemptsCommands,
  addSetAsideCommands,
  addAuditCommands,
  addResultsCommand,
  addRollCommands,
  addCardsCommands,
  addCertificationCommands,
  addTrusteesCommands,
  addBoxCommands,
  addRegistrarCommands,
  addTableCommands,
] as const;

/** All commands, which parsing runs. */
export function scrutinProgram(): Command {
  const program = new Command("scrutin")
    .description("Runs referendums and elections: definitions, electoral rolls, results.")
    .showHelpAfterError("(see scrutin --help)")
    .exitOverride();
  for (const addTo of ADDERS) addTo(program);
  return program;
}

/** Runs one command. Whether it succeeded is left in the process's exit code. */
export async function runProgram(words: readonly string[]): Promise<void> {
  const program = scrutinProgram();
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    // One sentence and no stack trace: officers read this.
    const said = error instanceof Error ? error.message || error.name : String(error);
    process.stderr.write(`${error instanceof Refusal ? said : `scrutin could not finish: ${said}`}\n`);
    process.exitCode = 1;
  }
}
