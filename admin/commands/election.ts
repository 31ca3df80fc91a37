import type { Command } from "commander";
import { commandOf, loginName, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { addElectionCancel } from "#admin/commands/election-cancel.ts";
import { addElectionDelete } from "#admin/commands/election-delete.ts";
import { addElectionNew } from "#admin/commands/election-new.ts";
import {
  describeLotOutcome,
  describeNewest,
  formatDeletion,
  formatElection,
  formatElections,
  formatOpening,
} from "#admin/commands/election-report.ts";
import { reasonFor } from "#admin/commands/reason.ts";
import { electionsAsked, tellOthers } from "#admin/commands/which-elections.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { closeElection } from "#admin/elections/closing.ts";
import { correctElection } from "#admin/elections/correction.ts";
import { drawLot } from "#admin/elections/lots.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { extendElection, type Moved, postponeElection, type TimesOptions } from "#admin/elections/times.ts";
import { withdrawCandidate } from "#admin/elections/withdrawal.ts";
import { saidReason } from "#admin/shared/said-reason.ts";
import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { definitionWarnings } from "#core/definition-faults.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { readDefinition, readEachDefinition } from "#storage/definition-file.ts";
import { listDeletions } from "#storage/deleted-elections.ts";
import { applyElections } from "#storage/election-register.ts";
import { listElections } from "#storage/registered-elections.ts";

type Act = { reason?: string; as: string };
type LotWords = Act & { order: string; witness: string[]; region?: string };

const actOf = ({ as: who }: Act, reason: string | undefined) => ({ who, ...(reason !== undefined && { reason }) });

async function ceremonyIn(folder: string | undefined) {
  if (folder === undefined) return undefined;
  const { agreedCeremony } = await import("#admin/trustees/agreed-ceremony.ts");
  return agreedCeremony(folder);
}

export function addElectionCommands(program: Command): void {
  const election = program.command("election").description("laws and elections");
  addElectionNew(election);

  commandOf(
    election,
    "apply <files...>",
    "register elections from their JSON definitions, or change them where the rules allow: all of them or none",
  )
    .option("--ceremony <folder>", "of the trustees who hold the key, where a definition says trust: trustees")
    .option("--as <name>", "who is recorded as having made the change", loginName())
    .action(async (files: string[], options: Reach & { ceremony?: string; as: string }) => {
      const definitions = await readEachDefinition(files);
      const ceremony = await ceremonyIn(options.ceremony);
      const outcomes = await withConnection(options, (connection) =>
        applyElections(connection, definitions, { who: options.as, ceremony }),
      );
      definitions.forEach((definition, index) => {
        print(`election ${definition.electionId}: ${outcomes[index]}`);
        const warnings = definitionWarnings(definition);
        for (const warning of warnings) process.stderr.write(`${files[index]}: warning: ${warning.en}\n`);
      });
    });

  commandOf(
    election,
    "open-statement <election>",
    "state and sign what is fixed before voting: definition, key and roll. Nobody can vote before. Again: a changed roll",
  )
    .option("--as <name>", "who is recorded as having stated it", loginName())
    .action(async (electionId: string, options: Reach & { as: string }) => {
      const statement = await withConnection(options, (connection) =>
        stateOpening(connection, electionId, { who: options.as }),
      );
      print(formatOpening(electionId, statement, Date.now()));
    });

  commandOf(
    election,
    "list",
    "list elections, with their state and the size of their roll, and those that were deleted",
  ).action(async (options: Reach) => {
    await withConnection(options, async (connection) => {
      print(formatElections(await listElections(connection), Date.now()));
      for (const deletion of await listDeletions(connection)) print(formatDeletion(deletion));
    });
  });

  commandOf(election, "show <election>", "show one election: its definition, its roll and its history")
    .option("--json", "print it as JSON")
    .action(async (electionId: string, options: Reach & { json?: boolean }) => {
      const found = await withConnection(options, (connection) => requireElection(connection, electionId));
      print(options.json ? JSON.stringify(found, null, 2) : formatElection(found, Date.now()));
    });

  timesOptions(
    commandOf(
      election,
      "extend [election]",
      "move the closing time later, also while voting is open; or take that back, to a time still ahead",
    ),
  ).action(async (named: string | undefined, options: TimesArguments) => {
    await moveTimes(named, options, (connection, electionId, how) =>
      extendElection(connection, electionId, options.closes, how),
    );
  });

  timesOptions(
    commandOf(election, "postpone [election]", "move opening and closing later, until voting opens").requiredOption(
      "--opens <time>",
      "date and time with its offset, such as 2026-10-19T09:00:00-04:00",
    ),
  ).action(async (named: string | undefined, options: TimesArguments & { opens: string }) => {
    const times = { opensAt: options.opens, closesAt: options.closes };
    await moveTimes(named, options, (connection, electionId, how) =>
      postponeElection(connection, electionId, times, how),
    );
  });

  commandOf(
    election,
    "correct <file>",
    "correct how names are spelt, biographies, the summary or the contact, as this definition has them; told to voters",
  )
    .option("--reason <text>", "why, for the record; asked for at a terminal while voting is open")
    .option("--as <name>", "who is recorded as having made the change", loginName())
    .action(async (file: string, options: Reach & Act) => {
      const definition = await readDefinition(file);
      const reason = await reasonFor(options, definition);
      const act = actOf(options, reason);
      const { record, newest } = await withConnection(options, (connection) =>
        correctElection(connection, definition, act),
      );
      print(`election ${definition.electionId}: ${record.what}`);
      print(describeNewest(newest));
    });

  commandOf(
    election,
    "withdraw <election>",
    "record that a candidate has withdrawn: marked on the ballot, not chosen any more; ballots for them count as the definition says",
  )
    .requiredOption("--candidate <id>", "who has withdrawn")
    .option("--reason <text>", "why, for the record")
    .option("--as <name>", "who is recorded as having made the change", loginName())
    .action(async (electionId: string, options: Reach & Act & { candidate: string }) => {
      const { record, newest } = await withConnection(options, async (connection) => {
        const { definition } = await requireElection(connection, electionId, "apply its definition first");
        const act = actOf(options, await reasonFor(options, definition));
        return withdrawCandidate(connection, electionId, options.candidate, act);
      });
      print(`election ${electionId}: ${record.what}`);
      if (newest !== undefined) print(describeNewest(newest));
    });

  commandOf(
    election,
    "draw-lot <election>",
    "record a lot drawn in public after closing, over a tie that no rule breaks",
  )
    .requiredOption("--order <ids>", "those tied, the first drawn first: 2,7,4. The first wins, the last goes out")
    .requiredOption("--witness <names...>", "who watched the drawing")
    .option("--region <id>", "whose tie it is, where there are several regions")
    .option("--reason <text>", "why, for the record")
    .option("--as <name>", "who is recorded as having drawn it", loginName())
    .action(async (electionId: string, options: Reach & LotWords) => {
      const { region, order, witness: witnesses } = options;
      const ids = order.split(",").map((id) => id.trim());
      const lot = {
        ...(region !== undefined && { regionId: region }),
        order: ids,
        witnesses,
        ...actOf(options, saidReason(options.reason)),
      };
      const recorded = await withConnection(options, (connection) => drawLot(connection, electionId, lot));
      print(`election ${electionId}: ${recorded.record.what}`);
      print(describeLotOutcome(recorded.outcome));
      print(describeNewest(recorded.newest));
    });

  commandOf(election, "close <election>", "record that voting has ended, after its closing time")
    .option("--as <name>", "who is recorded as having closed it", loginName())
    .action(async (electionId: string, options: Reach & { as: string }) => {
      const { outcome, record } = await withConnection(options, (connection) =>
        closeElection(connection, electionId, { who: options.as }),
      );
      const closed = outcome === "closed" ? "closed" : "closed already";
      print(`election ${electionId}: ${closed} at ${record.at} by ${record.who}`);
    });
  addElectionCancel(election);
  addElectionDelete(election);
}

type TimesArguments = Reach & Readonly<{ closes: string; as: string; reason?: string; yes?: true; paper?: string }>;

function timesOptions(command: Command): Command {
  return command
    .requiredOption("--closes <time>", "date and time with its offset, such as 2026-10-19T21:00:00-04:00")
    .option("--paper <id>", "all questions of this paper, instead of an election")
    .option("--reason <text>", "why, for the record; asked for at a terminal while voting is open")
    .option("--yes", "move it by more than three days, or into another year, without being asked")
    .option("--as <name>", "who is recorded as having made the change", loginName());
}

async function moveTimes(
  named: string | undefined,
  options: TimesArguments,
  move: (connection: Connection, electionId: string, how: TimesOptions) => Promise<Moved>,
): Promise<void> {
  const { paper } = options;
  await withConnection(options, async (connection) => {
    const which = { ...(named !== undefined && { election: [named] }), ...(paper !== undefined && { paper }) };
    const electionIds = await electionsAsked(connection, which, "Name an election, or a paper with --paper.");
    const [first = ""] = electionIds;
    const { definition } = await requireElection(connection, first, "apply its definition first");
    const reason = await reasonFor(options, definition);
    const confirm = async (question: string): Promise<boolean> => {
      if (options.yes === true) return true;
      if (isAtTerminal() && /^(?:yes|oui)$/i.test(await ask(`${question}\nType yes if that is meant: `))) return true;
      throw new EnglishRefusal(`${question} Nothing was changed: if that is meant, say so with --yes.`);
    };
    const how = { who: options.as, confirm, ...(reason !== undefined && { reason }) };
    for (const electionId of electionIds) {
      try {
        const { record, newest } = await move(connection, electionId, how);
        print(`election ${electionId}: ${record.what}`);
        if (newest !== undefined) print(describeNewest(newest));
      } catch (error) {
        // What was moved already stays so; the first is refused as one alone is.
        if (!(error instanceof Refusal) || electionId === first) throw error;
        process.stderr.write(`election ${electionId}: ${error.message}\n`);
        process.exitCode = 1;
      }
    }
    if (paper === undefined) await tellOthers(connection, definition, "keep their times");
  });
}
