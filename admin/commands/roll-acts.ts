import { type Command, Option } from "commander";
import { codesOf, inGroups } from "#admin/cards/codes.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { reasonFor } from "#admin/commands/reason.ts";
import { describeAct, describeAddition } from "#admin/commands/roll-acts-report.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { actOnRoll, COMMANDS } from "#admin/roll/acts.ts";
import { addWithCodes, addWithNewCodes } from "#admin/roll/addition.ts";
import { type NewCode, requireNoFile, writeNewCodes } from "#admin/roll/new-codes.ts";
import { type Asked, askedOf, onePerson, type People, readPeopleFile } from "#admin/roll/people.ts";
import { REGION_COLUMN } from "#admin/roll/rows.ts";
import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { rollIdentity } from "#core/credential.ts";
import { Refusal } from "#core/refusal.ts";
import { STRIKES, type Strike } from "#core/strike.ts";

/** What officers do to people on a roll, one by one or by a file. */

type Arguments = Reach & { election: string; voters?: string; out?: string; reason?: string; as: string };

const DESCRIPTIONS: Readonly<Record<Strike, string>> = {
  reissued: "give people who have not voted a new code; the old one is void from that moment",
  removed: "take people off the roll who have not voted: they died, or were struck off",
  moved: "move people who have not voted to another region, with a new code; the old one is void",
  "voted-elsewhere":
    "record that people voted on paper or by mail, so that they cannot vote here; not who has voted here",
};

/** Who gets a new code. */
const RENEWS: Readonly<Record<Strike, boolean>> = {
  reissued: true,
  moved: true,
  removed: false,
  "voted-elsewhere": false,
};

const CODES_FILE = "where to write the new codes, for a file of people; a file that only you can read";

function actCommand(roll: Command, name: string, description: string, hasCodes: boolean): Command {
  const command = commandOf(roll, name, description)
    .requiredOption("--election <id>", "the election whose roll it is")
    .option(
      "--voters <file>",
      "a CSV file of people, with the columns that say who they are; otherwise one is asked for",
    );
  if (hasCodes) command.option("--out <file>", CODES_FILE);
  return command
    .addOption(new Option("--reason <text>", "why, for the record; asked for at a terminal while voting is open"))
    .option("--as <name>", "who is recorded as having done it", loginName());
}

/** Asks for one person, without showing what is typed: others may stand by. */
async function askPerson(asked: Asked): Promise<People> {
  if (!isAtTerminal())
    throw new Refusal("Name the people in a CSV file with --voters: there is no terminal to ask at.");
  const typed = new Map<string, string>();
  const { credentialFields } = asked.definition;
  for (const { name, label } of rollIdentity(credentialFields, credentialFields)) {
    typed.set(name, await ask(`${label.en} (not shown): `, true));
  }
  if (asked.asksRegion) {
    const isLaw = asked.definition.regions.length === 0;
    typed.set(REGION_COLUMN, isLaw ? "" : await ask("Region, by its id: "));
  }
  return onePerson(asked, typed);
}

/** Throws Refusal when the codes of many people have no file to go to. */
async function requireOut({ voters, out }: Arguments): Promise<void> {
  if (voters !== undefined && out === undefined) throw new Refusal("Name a file for the new codes with --out.");
  if (out !== undefined) await requireNoFile(out);
}

function tellCode(codes: readonly NewCode[], out: string | undefined): void {
  const [renewed] = codes;
  if (renewed === undefined) return;
  if (out === undefined) print(`new code  ${inGroups(renewed.code)}   (shown this once, and kept nowhere)`);
  else print(`new codes: ${out}`);
}

async function act(strike: Strike, options: Arguments): Promise<void> {
  const { election: electionId, voters, out, as: who } = options;
  await withConnection(options, async (connection) => {
    const asked = await askedOf(connection, electionId, { asksRegion: strike === "moved" });
    const { definition } = asked;
    if (strike === "moved" && definition.regions.length === 0) {
      throw new Refusal(`${electionId} is a law, put to the whole country: it has no regions to move to.`);
    }
    const codes = RENEWS[strike] ? codesOf(definition) : undefined;
    if (codes !== undefined) await requireOut(options);
    const people = await (voters === undefined ? askPerson(asked) : readPeopleFile(voters, asked));
    const reason = await reasonFor(options, definition);
    const keepCodes = async (drawn: readonly NewCode[]): Promise<void> => {
      if (out !== undefined) await writeNewCodes(out, definition, drawn);
    };
    const summary = await withProgress((onProgress) =>
      actOnRoll(connection, asked, strike, people, {
        ...{ who, keepCodes, onProgress },
        ...(reason !== undefined && { reason }),
        ...(codes !== undefined && { drawCode: codes.draw }),
      }),
    );
    // Without the codes of who was left out.
    if (summary.codes.length > 0 && summary.leftOut.length > 0) await keepCodes(summary.codes);
    print(describeAct(electionId, strike, summary, voters === undefined));
    tellCode(summary.codes, out);
    if (summary.unsigned !== undefined) {
      process.stderr.write(
        `This is done, but the roll is not signed: ${summary.unsigned}\nSign it: scrutin roll state ${electionId}.\n`,
      );
    }
    if (summary.leftOut.length > 0 || summary.unsigned !== undefined) process.exitCode = 1;
  });
}

async function added(connection: Connection, options: Arguments) {
  const { election: electionId, voters, out, as: who } = options;
  const asked = await askedOf(connection, electionId, { asksRegion: true });
  const people = await (voters === undefined ? askPerson(asked) : readPeopleFile(voters, asked));
  if (voters !== undefined && people.hasCodes) {
    const reason = await reasonFor(options, asked.definition);
    return addWithCodes(connection, asked, voters, people, { who, reason });
  }
  await requireOut(options);
  const { draw } = codesOf(asked.definition);
  const reason = await reasonFor(options, asked.definition);
  return addWithNewCodes(connection, asked, people, { who, reason, drawCode: draw, ...(out !== undefined && { out }) });
}

export function addRollActs(roll: Command): void {
  actCommand(
    roll,
    "add",
    "put people on the roll who are not on it, also during voting; with a new code where the file has none",
    true,
  ).action(async (options: Arguments) => {
    const { summary, codes } = await withConnection(options, (connection) => added(connection, options));
    print(describeAddition(options.election, summary));
    tellCode(codes, options.out);
  });
  for (const strike of STRIKES) {
    actCommand(roll, COMMANDS[strike], DESCRIPTIONS[strike], RENEWS[strike]).action((options: Arguments) =>
      act(strike, options),
    );
  }
}
