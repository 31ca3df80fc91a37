import { type Command, Option } from "commander";
import { print, wholeNumber } from "#admin/commands/command-line.ts";
import { type NewOptions, newDefinition } from "#admin/elections/new-definition.ts";
import { type Assumption, NEW_METHODS } from "#spreadsheet/new-definition.ts";

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What was made up, with the option that says otherwise. */
function describeAssumption(assumed: Assumption): string {
  switch (assumed.kind) {
    case "opensAt":
      return `opensAt ${assumed.value} (--opens)`;
    case "closesAt":
      return `closesAt ${assumed.value} (--closes)`;
    case "timeZone":
      return `timeZone ${assumed.value} (--time-zone)`;
    case "electionId":
      return `electionId ${assumed.value}, which never changes later (--id)`;
    case "titleFr":
      return `title.fr “${assumed.value}” (--title-fr)`;
    case "titleEn":
      return `title.en “${assumed.value}” (--title-en)`;
    case "rule":
      return `${assumed.name} ${assumed.value}`;
    case "noTieBreakOrder":
      return "no tieBreakOrder";
    case "regionNames":
      return "the regions' names";
    case "oneRegion":
      return "regions: one for everybody, since the sheet has no column region";
    case "colours":
      return "the parties' colours";
    case "oneLanguage":
      return `${assumed.column}: the sheet has it in one language, and it stands in both`;
    case "accents":
      return "accents: the sheet was read as Windows-1252";
    case "credentials":
      return "credentialFields: nas and a code of eleven characters; contact: nobody";
    default:
      return assumed satisfies never;
  }
}

export function addElectionNew(election: Command): void {
  election
    .command("new")
    .description("write a JSON definition for the candidates of a spreadsheet (CSV); nothing is registered")
    .requiredOption("--from <file>", "the sheet: name, first_name, party, region, bio, photo; headings in French too")
    .requiredOption("--out <file>", "the definition to write; an existing file is not replaced")
    .option("--id <election>", "the election's id, which never changes; otherwise made of the sheet's name")
    .option("--title-fr <text>", "its title in French")
    .option("--title-en <text>", "its title in English")
    .addOption(new Option("--method <name>", "how it is voted").choices(NEW_METHODS).default("single_choice"))
    .option("--seats <number>", "how many each region elects, by choose or stv", wholeNumber, 1)
    .option("--opens <time>", "date and time with its offset; otherwise in a month")
    .option("--closes <time>", "date and time with its offset; otherwise a week later")
    .option("--time-zone <name>", "IANA time zone; otherwise America/Toronto")
    .action(async (options: NewOptions) => {
      const { candidates, regions, parties, assumed, warnings } = await newDefinition(options);
      const counts = [
        plural(candidates, "candidate", "candidates"),
        plural(regions, "region", "regions"),
        plural(parties, "party", "parties"),
      ];
      print(`wrote ${options.out}: ${counts.join(", ")}\nmade up, for you to put right before you apply it:`);
      for (const one of assumed) print(`  ${describeAssumption(one)}`);
      for (const warning of warnings) process.stderr.write(`${options.out}: warning: ${warning}\n`);
    });
}
