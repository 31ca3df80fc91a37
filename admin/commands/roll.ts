import type { Command } from "commander";
import {
  commandOf,
  loginName,
  print,
  type Reach,
  wholeNumber,
  withConnection,
  withProgress,
} from "#admin/commands/command-line.ts";
import { addRollActs } from "#admin/commands/roll-acts.ts";
import { describeImport, describePeak, describePlan, describeStatement } from "#admin/commands/roll-report.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import { checkRoll, importRoll } from "#admin/roll/import.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";

type ImportArguments = Reach & { election: string; skipBad?: true; dryRun?: true; as: string };

export function addRollCommands(program: Command): void {
  const roll = program.command("roll").description("who may vote");

  roll
    .command("generate")
    .description("write a CSV file of invented voters: nas,code,region_id")
    .requiredOption("--voters <number>", "how many", wholeNumber)
    .option("--regions <number>", "spread evenly over regions 1 to this number", wholeNumber, 3)
    .requiredOption("--out <file>", "the file to write; an existing one is replaced")
    .option("--seed <text>", "give the same voters every time; without it they are unpredictable")
    .option("--short-codes", "codes of six characters, for an election whose definition says so")
    .action(async (options: { voters: number; regions: number; out: string; seed?: string; shortCodes?: true }) => {
      await withProgress((onProgress) => generateRoll({ ...options, onProgress }));
      print(`wrote ${options.voters} voters to ${options.out}\n${describePeak(peakMemory())}`);
    });

  commandOf(
    roll,
    "import <file>",
    "import a CSV file of voters into an election's roll; safe to repeat, also during voting; resumes if it was killed",
  )
    .requiredOption("--election <id>", "the election to import into")
    .option("--skip-bad", "import the good rows even if others are bad")
    .option("--dry-run", "check every row, show the first rows and the total, but write nothing")
    .option("--as <name>", "who is recorded as having imported it", loginName())
    .action((file: string, options: ImportArguments) => (options.dryRun ? check(file, options) : enter(file, options)));

  addRollActs(roll);

  commandOf(
    roll,
    "state <election>",
    "sign the roll as it is, also after closing, and give up imports that were killed; not while one runs",
  )
    .option("--as <name>", "who is recorded as having stated it", loginName())
    .action(async (electionId: string, options: Reach & { as: string }) => {
      const statement = await withConnection(options, (connection) =>
        stateRoll(connection, electionId, (imports) => imports, { who: options.as }),
      );
      print(describeStatement(electionId, statement));
    });
}

async function check(file: string, options: ImportArguments): Promise<void> {
  const plan = await withConnection(options, (connection) =>
    withProgress((onProgress) =>
      checkRoll(connection, options.election, file, { skipBad: options.skipBad === true, onProgress }),
    ),
  );
  print(`${describePlan(plan)}\n${describePeak(peakMemory())}`);
  if (plan.bad > 0) process.stderr.write(`would leave out ${describeBadRows(plan.bad, plan.badRows)}\n`);
}

async function enter(file: string, options: ImportArguments): Promise<void> {
  const skipBad = options.skipBad === true;
  const onPlan = (plan: Parameters<typeof describePlan>[0]): void => print(describePlan(plan));
  const summary = await withConnection(options, (connection) =>
    withProgress((onProgress) =>
      importRoll(connection, options.election, file, { skipBad, onProgress, onPlan, who: options.as }),
    ),
  );
  print(describeImport(summary, peakMemory()));
  if (summary.bad === 0) return;
  process.stderr.write(`left out ${describeBadRows(summary.bad, summary.badRows)}\n`);
  if (!skipBad) process.exitCode = 1;
}
