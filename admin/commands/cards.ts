import { type Command, Option } from "commander";
import type { CardsCheck } from "#admin/cards/check.ts";
import { findVisit } from "#admin/cards/find-visit.ts";
import type { CardsSummary } from "#admin/cards/make.ts";
import { type Visit, visitTo, visitToPaper } from "#admin/cards/visit.ts";
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
import { electionsNamed } from "#admin/shared/each-election.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { readEachDefinition } from "#storage/definition-file.ts";

/** Letters to voters. Their operations load libraries that no other command needs, so they are imported when asked for. */

type MakeOptions = Reach &
  Readonly<{
    election?: string;
    paper?: string;
    voters: string;
    out: string;
    definition?: readonly string[];
    site?: string;
    size: "letter" | "a4";
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
    .option("--election <id>", "the election that the letters are for")
    .option("--paper <id>", "the paper that they are for, instead: one code for all its questions")
    .requiredOption(
      "--voters <file>",
      "CSV: name, address_1 to address_4, the identity's fields, region_id, language (fr, en)",
    )
    .requiredOption(
      "--out <folder>",
      "a folder to be made, or an empty one; it holds the codes, so keep it as the codes deserve",
    )
    .addOption(
      new Option("--size <size>", "of the sheets: letter for a US no. 10 window envelope, a4 for a DIN 680 one")
        .choices(["letter", "a4"])
        .default("letter"),
    )
    .option("--per-file <number>", "letters in one PDF", wholeNumber, 500)
    .option(
      "--definition <file>",
      "the election's definition, to work without any connection; given again, a paper's next question; nothing is recorded then",
      (file, before: readonly string[] = []): readonly string[] => [...before, file],
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
    .option("--election <id>", "the election that the letters are for")
    .option("--paper <id>", "the paper that they are for, instead")
    .action(async (folders: string[], options: Reach & Which) => {
      const { checkCards } = await import("#admin/cards/check.ts");
      const which = named(options);
      const { found, questions } = await withConnection(options, async (connection) => {
        const visit = await findVisit(connection, which);
        const check = withProgress((onProgress) => checkCards(connection, visit, folders, { onProgress }));
        return { found: await check, questions: visit.questions };
      });
      print(describeCheck(electionsNamed(questions.map(({ electionId }) => electionId)).en, found));
      if (found.differing > 0) process.exitCode = 1;
    });
}

type Which = Readonly<{ election?: string; paper?: string }>;

/** Throws Refusal unless an election or a paper is named. */
function named({ election, paper }: Which): Readonly<{ election: string } | { paper: string }> {
  if (election !== undefined && paper !== undefined) {
    throw new EnglishRefusal(
      "--election and --paper: name an election or a paper, not both. The size of the sheets is --size.",
    );
  }
  if (election !== undefined) return { election };
  if (paper !== undefined) return { paper };
  throw new EnglishRefusal("Name an election with --election, or a paper with --paper.");
}

/** What letters are for, by its definitions alone. Throws Refusal when they are of something else. */
async function visitIn(files: readonly string[], which: ReturnType<typeof named>): Promise<Visit> {
  const definitions = await readEachDefinition(files);
  const foreign = definitions.findIndex((definition) =>
    "election" in which ? definition.electionId !== which.election : definition.paper !== which.paper,
  );
  const [only] = definitions;
  const other = definitions[foreign];
  if (other !== undefined) {
    const ofPaper = "paper" in which ? `, and no question of paper ${which.paper}` : "";
    throw new EnglishRefusal(`${files[foreign]}: this is the definition of election ${other.electionId}${ofPaper}.`);
  }
  if (only === undefined) throw new Error("a definition was given");
  return "election" in which ? visitTo(only) : visitToPaper(which.paper, definitions);
}

async function make(options: MakeOptions): Promise<void> {
  const { makeCards, makeRecordedCards } = await import("#admin/cards/make.ts");
  const { voters, out, size: paper, perFile: lettersPerFile, site, as: who, definition: files } = options;
  const which = named(options);
  const how = { paper, lettersPerFile };
  if (files === undefined) {
    const summary = await withConnection(options, async (connection) => {
      const visit = await findVisit(connection, which);
      const why = await reasonFor(options, visit.lead);
      const recorded = { ...how, who, ...(site !== undefined && { site }), ...(why !== undefined && { reason: why }) };
      return withProgress((onProgress) =>
        makeRecordedCards(connection, visit, voters, out, { ...recorded, onProgress }),
      );
    });
    print(describeCards(options, summary));
    return;
  }
  const visit = await visitIn(files, which);
  if (site === undefined) throw new EnglishRefusal("--site: without a connection, say where people vote: https://…");
  const summary = await withProgress((onProgress) => makeCards(visit, site, voters, out, { ...how, onProgress }));
  print(`${describeCards(options, summary)}\nnothing was recorded, since no connection was made`);
}

function describeCards(
  { out, election, paper }: MakeOptions,
  { letters, byLanguage, files, envelope, url }: CardsSummary,
): string {
  const which = election === undefined ? `--paper ${paper}` : `--election ${election}`;
  return [
    `wrote ${grouped(letters)} letters to ${out}, ${grouped(byLanguage.fr)} in French, ${grouped(byLanguage.en)} in English, in ${files.length} PDF files`,
    `envelope: ${envelope}`,
    `ballot: ${url} (the first letter's)`,
    `next: scrutin roll import ${out}/roll.csv ${which}, then scrutin cards check ${out} ${which}`,
    describePeak(peakMemory()),
  ].join("\n");
}

function describeCheck(
  elections: string,
  { letters, mergeRows, rollRows, onRoll, differences, differing }: CardsCheck,
): string {
  return [
    `${grouped(letters)} letters, ${grouped(mergeRows)} rows of the mail merge, ${grouped(rollRows)} rows of roll.csv, of which ${grouped(onRoll)} are on the roll of ${elections}`,
    ...(differing === 0
      ? ["each voter on the roll has one letter"]
      : [`${grouped(differing)} ${differing === 1 ? "difference" : "differences"}:`]),
    ...differences.map((difference) => `  ${difference}`),
    ...(differing > differences.length ? [`  and ${grouped(differing - differences.length)} more`] : []),
  ].join("\n");
}
