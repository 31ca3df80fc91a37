import { userInfo } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { addCertificationCommands } from "#admin/commands/certification.ts";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
import { formatReview } from "#admin/commands/rejected-attempts-report.ts";
import { formatResults } from "#admin/commands/results-report.ts";
import { describeImport, describePeak, describePlan } from "#admin/commands/roll-report.ts";
import { addTableCommands } from "#admin/commands/tables.ts";
import { type Connection, connectToLocal, connectToStage } from "#admin/connection/connection.ts";
import { exportAudit } from "#admin/elections/audit.ts";
import { closeElection, extendElection } from "#admin/elections/closing.ts";
import { fetchResults } from "#admin/elections/published-results.ts";
import type { OnProgress } from "#admin/progress.ts";
import { digestReview, exportReview } from "#admin/rejected-attempts/digest.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import { checkRoll, importRoll } from "#admin/roll/import.ts";
import { keepHeapSmall } from "#admin/roll/memory.ts";
import { peakMemory } from "#admin/roll/peak-memory.ts";
import { progressReporter } from "#admin/terminal/progress.ts";
import { Refusal } from "#core/refusal.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { applyElection, findElection, listElections } from "#storage/election-register.ts";

/** The `scrutin` command line tool: what an election officer does, one command each. */

const DEFAULT_PORT = 3000;

type Reach = { stage?: string };

function portFromEnvironment(): number {
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Refusal("PORT must be a whole number from 1 to 65535.");
}

async function withConnection<T>({ stage }: Reach, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await (stage === undefined ? connectToLocal(portFromEnvironment()) : connectToStage(stage));
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

async function withProgress<T>(work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const reporter = progressReporter(process.stderr);
  try {
    return await work(reporter.report);
  } finally {
    reporter.stop();
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Who is recorded as having changed an election, when the officer does not say. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return "unknown";
  }
}

/** A command against a system: the one on this machine, or a deployed one. */
function commandOf(parent: Command, nameAndArguments: string, description: string): Command {
  return parent
    .command(nameAndArguments)
    .description(description)
    .option("--stage <name>", "a deployed Scrutin, instead of the one that runs on this machine (PORT, default 3000)");
}

const program = new Command("scrutin")
  .description("Runs referendums and elections: definitions, electoral rolls, results.")
  .showHelpAfterError("(see scrutin --help)");

const election = program.command("election").description("laws and elections");

commandOf(
  election,
  "apply <file>",
  "register an election from its JSON definition, or change it as far as its rules allow",
)
  .option("--as <name>", "who is recorded as having made the change", loginName())
  .action(async (file: string, options: Reach & { as: string }) => {
    const definition = await readDefinition(file);
    const outcome = await withConnection(options, (connection) =>
      applyElection(connection, definition, { who: options.as }),
    );
    print(`election ${definition.electionId}: ${outcome}`);
  });

commandOf(election, "list", "list elections, with their state and the size of their roll").action(
  async (options: Reach) => {
    print(formatElections(await withConnection(options, listElections), Date.now()));
  },
);

commandOf(election, "show <election>", "show one election: its definition, its roll and everything that was done to it")
  .option("--json", "print it as JSON")
  .action(async (electionId: string, options: Reach & { json?: boolean }) => {
    const found = await withConnection(options, (connection) => findElection(connection, electionId));
    if (found === undefined) throw new Refusal(`There is no election ${electionId}: see scrutin election list.`);
    print(options.json ? JSON.stringify(found, null, 2) : formatElection(found, Date.now()));
  });

commandOf(election, "extend <election>", "move the closing time later; the one change that open voting allows")
  .requiredOption("--closes <time>", "date and time with its offset, such as 2026-10-19T21:00:00-04:00")
  .option("--as <name>", "who is recorded as having made the change", loginName())
  .action(async (electionId: string, options: Reach & { closes: string; as: string }) => {
    const change = await withConnection(options, (connection) =>
      extendElection(connection, electionId, options.closes, { who: options.as }),
    );
    print(`election ${electionId}: ${change.what}`);
  });

commandOf(election, "close <election>", "record that voting has ended, once its closing time is past")
  .option("--as <name>", "who is recorded as having closed it", loginName())
  .action(async (electionId: string, options: Reach & { as: string }) => {
    const { outcome, record } = await withConnection(options, (connection) =>
      closeElection(connection, electionId, { who: options.as }),
    );
    print(
      `election ${electionId}: ${outcome === "closed" ? "closed" : "closed already"} at ${record.at} by ${record.who}`,
    );
  });

const review = program.command("review").description("attempts that were refused, with the reason");

commandOf(
  review,
  "list <election>",
  "count the refused attempts and show the latest: reason, how often, first and last time",
)
  .option("--limit <number>", "how many rows", wholeNumber, 50)
  .action(async (electionId: string, options: Reach & { limit: number }) => {
    const digest = await withConnection(options, (connection) => digestReview(connection, electionId, options.limit));
    print(formatReview(electionId, digest));
  });

commandOf(review, "export <election>", "write the refused attempts to a file, one voter and reason a row")
  .requiredOption("--out <file>", "the file to write: CSV when its name ends in .csv, else NDJSON")
  .action(async (electionId: string, options: Reach & { out: string }) => {
    const rows = await withConnection(options, (connection) => exportReview(connection, electionId, options.out));
    print(`wrote ${rows} rows to ${options.out}`);
  });

commandOf(
  program.command("audit").description("what happened to an election"),
  "export <election>",
  "write every state change and every attempt to a file as NDJSON; no choices, credentials or hashes",
)
  .requiredOption("--out <file>", "the file to write; one that exists is replaced")
  .action(async (electionId: string, options: Reach & { out: string }) => {
    const { stateChanges, accepted, refused } = await withConnection(options, (connection) =>
      withProgress((onProgress) => exportAudit(connection, electionId, options.out, { onProgress })),
    );
    print(
      `wrote ${stateChanges} state changes, ${accepted} accepted and ${refused} refused attempts to ${options.out}`,
    );
  });

commandOf(program, "results <election>", "show the result of a law or an election")
  .option("--region <id>", "one region, instead of all of them summed")
  .option("--json", "print what the API answers")
  .action(async (electionId: string, options: Reach & { region?: string; json?: boolean }) => {
    const results = await withConnection(options, ({ apiUrl }) => fetchResults(apiUrl, electionId, options.region));
    const decorated = process.stdout.isTTY && process.env.NO_COLOR === undefined;
    print(options.json ? JSON.stringify(results.body, null, 2) : formatResults(results, decorated));
  });

const roll = program.command("roll").description("who may vote").hook("preAction", keepHeapSmall);

roll
  .command("generate")
  .description("write a CSV file of invented voters: nas,code,region_id")
  .requiredOption("--voters <number>", "how many", wholeNumber)
  .option("--regions <number>", "spread evenly over regions 1 to this number", wholeNumber, 3)
  .requiredOption("--out <file>", "the file to write; one that exists is replaced")
  .option("--seed <text>", "give the same voters every time; without it nobody can guess them")
  .action(async (options: { voters: number; regions: number; out: string; seed?: string }) => {
    await withProgress((onProgress) => generateRoll({ ...options, onProgress }));
    print(`wrote ${options.voters} voters to ${options.out}\n${describePeak(peakMemory())}`);
  });

commandOf(
  roll,
  "import <file>",
  "put the voters of a CSV file on an election's roll; safe to repeat, also during voting, and goes on after a kill",
)
  .requiredOption("--election <id>", "the election whose roll it is")
  .option("--skip-bad", "import the good rows although others are bad")
  .option("--dry-run", "check every row, show the first ones and the total, and write nothing")
  .action(async (file: string, options: Reach & { election: string; skipBad?: true; dryRun?: true }) => {
    const skipBad = options.skipBad === true;
    await withConnection(options, async (connection) => {
      if (options.dryRun === true) {
        const plan = await withProgress((onProgress) =>
          checkRoll(connection, options.election, file, { skipBad, onProgress }),
        );
        print(`${describePlan(plan)}\n${describePeak(peakMemory())}`);
        return;
      }
      const summary = await withProgress((onProgress) =>
        importRoll(connection, options.election, file, {
          skipBad,
          onProgress,
          onPlan: (plan) => print(describePlan(plan)),
        }),
      );
      print(describeImport(summary, peakMemory()));
      if (summary.bad === 0) return;
      process.stderr.write(`left out ${describeBadRows(summary.bad, summary.badRows)}\n`);
      if (!skipBad) process.exitCode = 1;
    });
  });

const line = { commandOf, withConnection, withProgress, print, loginName };
addCertificationCommands(program, line);
addTableCommands(program, line);

try {
  await program.parseAsync();
} catch (error) {
  // One sentence and no stack trace: whoever reads this runs elections, not Node.
  const said = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`${error instanceof Refusal ? said : `scrutin could not finish: ${said}`}\n`);
  process.exitCode = 1;
}
