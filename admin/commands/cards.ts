import { type Command, Option } from "commander";
import type { CardsCheck } from "#admin/cards/check.ts";
import type { CardsSummary } from "#admin/cards/make.ts";
import {
  commandOf,
  loginName,
  print,
  type Reach,
  wholeNumber,
  withConnection,
  withProgress,
} from "#admin/commands/command-line.ts";
import { reasonFor } from "#admin/commands/reason.ts";
import { describePeak } from "#admin/commands/roll-report.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";
import { Refusal } from "#core/refusal.ts";
import { readDefinition } from "#storage/definition-file.ts";

/** Letters to voters. Their operations load libraries that no other command needs, so they are imported when asked for. */

type MakeOptions = Reach &
  Readonly<{
    election: string;
    voters: string;
    out: string;
    definition?: string;
    site?: string;
    paper: "letter" | "a4";
    perFile: number;
    as: string;
    reason?: string;
  }>;

export function addCardsCommands(program: Command): void {
  const cards = program.command("cards").description("letters with voting codes, ready to print");

  // So that `scrutin cards --election …` makes them.
  commandOf(
    cards,
    "make",
    "make a code and a letter for everybody in a CSV file, and the roll to import; names and addresses stay on this machine",
    { isDefault: true },
  )
    .requiredOption("--election <id>", "the election that the letters are for")
    .requiredOption(
      "--voters <file>",
      "CSV: name, address_1 to address_4, the identity's fields, region_id, language (fr, en)",
    )
    .requiredOption(
      "--out <folder>",
      "a folder to be made, or an empty one; it holds the codes, so keep it as the codes deserve",
    )
    .addOption(
      new Option("--paper <size>", "letter for a US no. 10 window envelope, a4 for a DIN 680 one")
        .choices(["letter", "a4"])
        .default("letter"),
    )
    .option("--per-file <number>", "letters in one PDF", wholeNumber, 500)
    .option(
      "--definition <file>",
      "the election's definition, to work without any connection; nothing is recorded then",
    )
    .option("--site <url>", "where people vote, if not at the address of the system")
    .option("--as <name>", "who is recorded as having made them", loginName())
    .option("--reason <text>", "why, for the record; asked for at a terminal while voting is open")
    .action(make);

  commandOf(
    cards,
    "check <folders...>",
    "compare the letters, page by page, with the roll: each voter on it has one letter, in the same region",
  )
    .requiredOption("--election <id>", "the election that the letters are for")
    .action(async (folders: string[], options: Reach & { election: string }) => {
      const { checkCards } = await import("#admin/cards/check.ts");
      const found = await withConnection(options, (connection) =>
        withProgress((onProgress) => checkCards(connection, options.election, folders, { onProgress })),
      );
      print(describeCheck(options.election, found));
      if (found.differing > 0) process.exitCode = 1;
    });
}

async function make(options: MakeOptions): Promise<void> {
  const { makeCards, makeElectionCards } = await import("#admin/cards/make.ts");
  const { election, voters, out, paper, perFile: lettersPerFile, site, as: who, definition: file } = options;
  const how = { paper, lettersPerFile };
  if (file === undefined) {
    const summary = await withConnection(options, async (connection) => {
      const registered = await requireElection(connection, election, "apply its definition first");
      const why = await reasonFor(options, registered.definition);
      const recorded = { ...how, who, ...(site !== undefined && { site }), ...(why !== undefined && { reason: why }) };
      return withProgress((onProgress) =>
        makeElectionCards(connection, election, voters, out, { ...recorded, onProgress }),
      );
    });
    print(describeCards(options, summary));
    return;
  }
  const definition = await readDefinition(file);
  const { electionId } = definition;
  if (electionId !== election) throw new Refusal(`${file}: this is the definition of election ${electionId}.`);
  if (site === undefined) throw new Refusal("--site: without a connection, say where people vote: https://…");
  const summary = await withProgress((onProgress) => makeCards(definition, site, voters, out, { ...how, onProgress }));
  print(`${describeCards(options, summary)}\nnothing was recorded, since no connection was made`);
}

function describeCards(
  { out, election }: MakeOptions,
  { letters, byLanguage, files, envelope, url }: CardsSummary,
): string {
  return [
    `wrote ${grouped(letters)} letters to ${out}, ${grouped(byLanguage.fr)} in French, ${grouped(byLanguage.en)} in English, in ${files.length} PDF files`,
    `envelope: ${envelope}`,
    `ballot: ${url} (the first letter's)`,
    `next: scrutin roll import ${out}/roll.csv --election ${election}, then scrutin cards check ${out} --election ${election}`,
    describePeak(peakMemory()),
  ].join("\n");
}

function describeCheck(
  electionId: string,
  { letters, mergeRows, rollRows, onRoll, differences, differing }: CardsCheck,
): string {
  return [
    `${grouped(letters)} letters, ${grouped(mergeRows)} rows of the mail merge, ${grouped(rollRows)} rows of roll.csv, of which ${grouped(onRoll)} are on the roll of election ${electionId}`,
    ...(differing === 0
      ? ["each voter on the roll has one letter"]
      : [`${grouped(differing)} ${differing === 1 ? "difference" : "differences"}:`]),
    ...differences.map((difference) => `  ${difference}`),
    ...(differing > differences.length ? [`  and ${grouped(differing - differences.length)} more`] : []),
  ].join("\n");
}
