import { type Command, Option } from "commander";
import { inGroups } from "#admin/cards/codes.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { reasonForAny } from "#admin/commands/reason.ts";
import { describeAct, describeAddition } from "#admin/commands/roll-acts-report.ts";
import { electionsAsked, type Which, withElection } from "#admin/commands/which-elections.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { COMMANDS } from "#admin/roll/acts.ts";
import { addWithCodes, addWithNewCodes } from "#admin/roll/addition.ts";
import { type NewCode, requireNoFile, writeNewCodes } from "#admin/roll/new-codes.ts";
import { drawerFor, RENEWS, requireMeaning } from "#admin/roll/one-person.ts";
import { actOnRolls, type OnRolls } from "#admin/roll/paper-acts.ts";
import { type Asked, askedOf, onePerson, readPeopleFile } from "#admin/roll/people.ts";
import { forEachElection } from "#admin/shared/each-election.ts";
import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import { rollFields, rollIdentity } from "#core/credential.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { STRIKES, type Strike } from "#core/strike.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";

/** What officers do to people on a roll, one by one or by a file. */

type Arguments = Reach & Which & { voters?: string; out?: string; reason?: string; as: string };

const DESCRIPTIONS: Readonly<Record<Strike, string>> = {
  reissued: "give people who have not voted a new code; the old one is void from that moment",
  removed: "take people off the roll who have not voted: they died, or were struck off",
  moved: "move people who have not voted to another region, with a new code; the old one is void",
  "voted-elsewhere":
    "record that people voted on paper or by mail, so that they cannot vote here; not who has voted here",
};

const CODES_FILE = "where to write the new codes, for a file of people; a file that only you can read";

function actCommand(roll: Command, name: string, description: string, hasCodes: boolean): Command {
  const command = withElection(commandOf(roll, name, description), "the election whose roll it is").option(
    "--voters <file>",
    "a CSV file of people, with the columns that say who they are; otherwise one is asked for",
  );
  if (hasCodes) command.option("--out <file>", CODES_FILE);
  return command
    .addOption(new Option("--reason <text>", "why, for the record; asked for at a terminal while voting is open"))
    .option("--as <name>", "who is recorded as having done it", loginName());
}

/** Asks for one person, without showing what is typed: others may stand by. */
async function askPerson(asked: Asked, asksRegion: boolean): Promise<ReadonlyMap<string, string>> {
  if (!isAtTerminal())
    throw new EnglishRefusal("Name the people in a CSV file with --voters: there is no terminal to ask at.");
  const typed = new Map<string, string>();
  const fields = rollFields(asked.definition);
  for (const { name, label } of rollIdentity(fields, fields)) {
    typed.set(name, await ask(`${label.en} (not shown): `, true));
  }
  if (asksRegion) typed.set(REGION_COLUMN, await ask("Region, by its id: "));
  return typed;
}

async function askedOn(connection: Connection, options: Arguments, asksRegion: boolean): Promise<readonly Asked[]> {
  const electionIds = await electionsAsked(connection, options);
  const asked = await forEachElection(electionIds, (electionId) => askedOf(connection, electionId, { asksRegion }));
  return asked.map(({ of }) => of);
}

/** The people of a file, or one who is asked for, as each of these rolls has them. */
async function peopleOn(asked: readonly Asked[], voters: string | undefined): Promise<OnRolls> {
  const [first] = asked;
  if (first === undefined) throw new Error("an act is about an election");
  const withRegions = asked.find(({ definition }) => definition.regions.length > 0);
  const typed =
    voters === undefined
      ? await askPerson(withRegions ?? first, first.asksRegion && withRegions !== undefined)
      : new Map();
  const electionIds = asked.map(({ definition }) => definition.electionId);
  const rolls = await forEachElection(electionIds, async (_, index) => {
    const about = asked[index] ?? first;
    return {
      asked: about,
      people: voters === undefined ? onePerson(about, typed) : await readPeopleFile(voters, about),
    };
  });
  return rolls.map(({ of }) => of);
}

/** Throws Refusal when the codes of many people have no file to go to. */
async function requireOut({ voters, out }: Arguments): Promise<void> {
  if (voters !== undefined && out === undefined) throw new EnglishRefusal("Name a file for the new codes with --out.");
  if (out !== undefined) await requireNoFile(out);
}

function tellCode(codes: readonly NewCode[], out: string | undefined): void {
  const [renewed] = codes;
  if (renewed === undefined) return;
  if (out === undefined) print(`new code  ${inGroups(renewed.code)}   (shown this once, and kept nowhere)`);
  else print(`new codes: ${out}`);
}

const reasonOf = (options: Arguments, rolls: OnRolls): Promise<string | undefined> =>
  reasonForAny(
    options,
    rolls.map(({ asked }) => asked.definition),
  );

async function act(strike: Strike, options: Arguments): Promise<void> {
  const { voters, out, as: who } = options;
  await withConnection(options, async (connection) => {
    const asked = await askedOn(connection, options, strike === "moved");
    requireMeaning(strike, asked);
    const hasCodes = asked.some(({ definition }) => definition.identity === undefined);
    if (RENEWS[strike] && hasCodes) await requireOut(options);
    const rolls = await peopleOn(asked, voters);
    const drawCode = RENEWS[strike] ? drawerFor(rolls) : undefined;
    const reason = await reasonOf(options, rolls);
    const keepCodes = async (drawn: readonly NewCode[]): Promise<void> => {
      const [roll] = rolls;
      if (out !== undefined && roll !== undefined) await writeNewCodes(out, roll.asked.definition, drawn);
    };
    const { summaries, codes, refused, failed } = await withProgress((onProgress) =>
      actOnRolls(connection, rolls, strike, {
        ...{ who, keepCodes, onProgress },
        ...(reason !== undefined && { reason }),
        ...(drawCode !== undefined && { drawCode }),
      }),
    );
    // Without the codes of who was left out.
    const isShort = refused.length > 0 || summaries.some(({ of }) => of.leftOut.length > 0);
    if (codes.length > 0 && isShort) await keepCodes(codes);
    for (const { electionId, of: summary } of summaries) {
      print(describeAct(electionId, summary, voters === undefined));
    }
    tellCode(codes, out);
    for (const { electionId, of: message } of refused) {
      process.exitCode = 1;
      process.stderr.write(`election ${electionId}: ${message} Its roll is as it was.\n`);
    }
    for (const { electionId, of: message } of failed) {
      process.exitCode = 1;
      process.stderr.write(
        `election ${electionId}: ${message}\nIt may have been done all the same. Look with: scrutin election show ${electionId}.\n`,
      );
    }
    for (const { electionId, of: summary } of summaries) {
      if (summary.leftOut.length > 0 || summary.unsigned !== undefined) process.exitCode = 1;
      if (summary.unsigned === undefined) continue;
      process.stderr.write(
        `This is done, but the roll is not signed: ${summary.unsigned}\nUnless the election was cancelled, sign it: scrutin roll state ${electionId}.\n`,
      );
    }
  });
}

async function added(connection: Connection, options: Arguments) {
  const { voters, out, as: who } = options;
  const asked = await askedOn(connection, options, true);
  const electionIds = asked.map(({ definition }) => definition.electionId);
  const rolls = await peopleOn(asked, voters);
  const people = rolls[0]?.people;
  if (voters !== undefined && people?.hasCodes) {
    const reason = await reasonOf(options, rolls);
    return addWithCodes(connection, electionIds, voters, people, { who, reason });
  }
  await requireOut(options);
  const drawCode = drawerFor(rolls);
  const reason = await reasonOf(options, rolls);
  const onPartly = (codes: readonly NewCode[]): void => tellCode(codes, out);
  return addWithNewCodes(connection, rolls, { who, reason, drawCode, onPartly, ...(out !== undefined && { out }) });
}

export function addRollActs(roll: Command): void {
  actCommand(
    roll,
    "add",
    "put people on the roll who are not on it, also during voting; with a new code where the file has none",
    true,
  ).action(async (options: Arguments) => {
    const { summaries, codes } = await withConnection(options, (connection) => added(connection, options));
    for (const { electionId, of: summary } of summaries) print(describeAddition(electionId, summary));
    tellCode(codes, options.out);
  });
  for (const strike of STRIKES) {
    actCommand(roll, COMMANDS[strike], DESCRIPTIONS[strike], RENEWS[strike]).action((options: Arguments) =>
      act(strike, options),
    );
  }
}
