import type { Command } from "commander";
import { commandOf, loginName, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { addElectionDelete } from "#admin/commands/election-delete.ts";
import { addElectionNew } from "#admin/commands/election-new.ts";
import {
  describeLotOutcome,
  describeNewest,
  formatElection,
  formatElections,
  formatOpening,
} from "#admin/commands/election-report.ts";
import { closeElection, extendElection } from "#admin/elections/closing.ts";
import { drawLot } from "#admin/elections/lots.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { withdrawCandidate } from "#admin/elections/withdrawal.ts";
import { askReason } from "#admin/terminal/reason.ts";
import { definitionWarnings } from "#core/definition-faults.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { applyElection, listElections } from "#storage/election-register.ts";

type Act = { reason?: string; as: string };
type LotWords = Act & { order: string; witness: string[]; region?: string };

const actOf = ({ reason, as: who }: Act) => ({ who, ...(reason !== undefined && { reason }) });

export function addElectionCommands(program: Command): void {
  const election = program.command("election").description("laws and elections");
  addElectionNew(election);

  commandOf(
    election,
    "apply <file>",
    "register an election from its JSON definition, or change it where the rules allow",
  )
    .option("--as <name>", "who is recorded as having made the change", loginName())
    .action(async (file: string, options: Reach & { as: string }) => {
      const definition = await readDefinition(file);
      const outcome = await withConnection(options, (connection) =>
        applyElection(connection, definition, { who: options.as }),
      );
      print(`election ${definition.electionId}: ${outcome}`);
      for (const warning of definitionWarnings(definition)) process.stderr.write(`${file}: warning: ${warning}\n`);
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

  commandOf(election, "list", "list elections, with their state and the size of their roll").action(
    async (options: Reach) => {
      print(formatElections(await withConnection(options, listElections), Date.now()));
    },
  );

  commandOf(election, "show <election>", "show one election: its definition, its roll and its history")
    .option("--json", "print it as JSON")
    .action(async (electionId: string, options: Reach & { json?: boolean }) => {
      const found = await withConnection(options, (connection) => requireElection(connection, electionId));
      print(options.json ? JSON.stringify(found, null, 2) : formatElection(found, Date.now()));
    });

  commandOf(election, "extend <election>", "move the closing time later; the only change allowed while voting is open")
    .requiredOption("--closes <time>", "date and time with its offset, such as 2026-10-19T21:00:00-04:00")
    .option("--as <name>", "who is recorded as having made the change", loginName())
    .action(async (electionId: string, options: Reach & { closes: string; as: string }) => {
      const { record, newest } = await withConnection(options, (connection) =>
        extendElection(connection, electionId, options.closes, { who: options.as }),
      );
      print(`election ${electionId}: ${record.what}`);
      if (newest !== undefined) print(describeNewest(newest));
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
      const reason = options.reason ?? (await askReason());
      const act = actOf({ as: options.as, ...(reason !== undefined && { reason }) });
      const { record, newest } = await withConnection(options, (connection) =>
        withdrawCandidate(connection, electionId, options.candidate, act),
      );
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
      const lot = { ...(region !== undefined && { regionId: region }), order: ids, witnesses, ...actOf(options) };
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
  addElectionDelete(election);
}
