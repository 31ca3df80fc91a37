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
import { reasonForAny } from "#admin/commands/reason.ts";
import { addRollActs } from "#admin/commands/roll-acts.ts";
import { describeImport, describePeak, describePlan, describeStatement } from "#admin/commands/roll-report.ts";
import { electionsAsked, type Which, withElections } from "#admin/commands/which-elections.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import type { ImportPlan } from "#admin/roll/import-check.ts";
import { checkRolls, importRolls } from "#admin/roll/import-rolls.ts";
import { forEachElection } from "#admin/shared/each-election.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

type ImportArguments = Reach &
  Which & { skipBad?: true; dryRun?: true; reason?: string; ceremony?: string; as: string };

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

  const command = commandOf(
    roll,
    "import <file> [roll]",
    "import a CSV file of voters into an election's roll; safe to repeat, also during voting; resumes if it was killed. With --ceremony: import ELECTION roll.txt",
  );
  withElections(command, "the election to import into")
    .option("--skip-bad", "import the good rows even if others are bad")
    .option("--dry-run", "check every row, show the first rows and the total, but write nothing")
    .option("--reason <text>", "why, for the record; asked for at a terminal while voting is open")
    .option("--ceremony <folder>", "of the trustees who signed the roll, where they hold the election's key")
    .option("--as <name>", "who is recorded as having imported it", loginName())
    .action((first: string, second: string | undefined, options: ImportArguments) => {
      if (options.ceremony !== undefined) return enterSigned(first, second, { ...options, ceremony: options.ceremony });
      if (second !== undefined) {
        throw new EnglishRefusal(
          "A roll of voter keys is imported with --ceremony, any other as one file: --election says for which election.",
        );
      }
      return options.dryRun ? check(first, options) : enter(first, options);
    });

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

/** "election A:" above a report, where there are several. */
const headed = (electionIds: readonly string[], electionId: string, report: string): string =>
  electionIds.length === 1 ? report : `election ${electionId}:\n${report}`;

/** Of a roll that registrar and trustees signed: ELECTION roll.txt, or roll.txt --election ELECTION. */
async function enterSigned(
  first: string,
  second: string | undefined,
  { ceremony, ...options }: ImportArguments & Readonly<{ ceremony: string }>,
): Promise<void> {
  const { importSignedRoll } = await import("#admin/trustees/roll/import-roll.ts");
  const [electionId, file] = second === undefined ? [options.election?.[0], first] : [first, second];
  if (electionId === undefined)
    throw new EnglishRefusal("Name the election: scrutin roll import ELECTION roll.txt --ceremony FOLDER.");
  if (options.skipBad || options.dryRun)
    throw new EnglishRefusal("A signed roll is imported whole or not at all: leave --skip-bad and --dry-run out.");
  const onPlan = (plan: ImportPlan): void => print(describePlan(plan));
  const summary = await withConnection(options, (connection) =>
    withProgress((onProgress) =>
      importSignedRoll(connection, electionId, file, ceremony, {
        ...{ onPlan, onProgress, who: options.as },
        ...(options.reason !== undefined && { reason: options.reason }),
      }),
    ),
  );
  print(`${describeImport(summary)}\n${describePeak(peakMemory())}`);
}

async function check(file: string, options: ImportArguments): Promise<void> {
  const skipBad = options.skipBad === true;
  await withConnection(options, async (connection) => {
    const electionIds = await electionsAsked(connection, options);
    const plans = await withProgress((onProgress) =>
      checkRolls(connection, electionIds, file, { skipBad, onProgress }),
    );
    for (const { electionId, of: plan } of plans) {
      print(headed(electionIds, electionId, describePlan(plan)));
      if (plan.bad > 0) process.stderr.write(`would leave out ${describeBadRows(plan.bad, plan.badRows)}\n`);
    }
    print(describePeak(peakMemory()));
  });
}

async function enter(file: string, options: ImportArguments): Promise<void> {
  const skipBad = options.skipBad === true;
  await withConnection(options, async (connection) => {
    const electionIds = await electionsAsked(connection, options);
    const onPlan = (plan: ImportPlan, electionId: string): void =>
      print(headed(electionIds, electionId, describePlan(plan)));
    const found = await forEachElection(electionIds, async (electionId) => {
      return (await requireElection(connection, electionId, "apply its definition first")).definition;
    });
    const definitions = found.map(({ of }) => of);
    const reason = await reasonForAny(options, definitions);
    const how = { skipBad, onPlan, who: options.as, ...(reason !== undefined && { reason }) };
    const summaries = await withProgress((onProgress) =>
      importRolls(connection, electionIds, file, { ...how, onProgress }),
    );
    for (const { electionId, of: summary } of summaries) {
      print(headed(electionIds, electionId, describeImport(summary)));
      if (summary.bad === 0) continue;
      process.stderr.write(`left out ${describeBadRows(summary.bad, summary.badRows)}\n`);
      if (!skipBad) process.exitCode = 1;
    }
    print(describePeak(peakMemory()));
  });
}
