import { type Command, Option } from "commander";
import { commandOf, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { formatResults } from "#admin/commands/results-report.ts";
import { type Issuer, nistReport } from "#admin/elections/nist-errc.ts";
import { fetchContests, fetchElection, fetchResults } from "#admin/elections/published-results.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { resultsCsv } from "#published/files.ts";
import { verdictOf } from "#published/verdict.ts";

const FORMATS = ["text", "json", "csv", "nist-errc"] as const;

type Options = Reach & {
  region?: string;
  byRegion?: boolean;
  format: (typeof FORMATS)[number];
  json?: boolean;
  csv?: boolean;
  issuer?: string;
};

/** The office by name; its abbreviation is made of the initials. */
function issuerOf(name: string | undefined): Issuer {
  if (name === undefined || name.trim() === "") {
    throw new EnglishRefusal(
      '--format nist-errc names who reports: give the office, as in --issuer "Élections Québec".',
    );
  }
  const initials = name.match(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu) ?? [];
  return { name: name.trim(), abbreviation: initials.join("").toUpperCase() };
}

export function addResultsCommand(program: Command): void {
  commandOf(program, "results <election>", "show the result of a law or an election: who won or leads, and by how much")
    .option("--region <id>", "one region instead of the sum")
    .option("--by-region", "each region as well as the sum")
    .addOption(new Option("--format <name>", "how to write it").choices(FORMATS).default("text"))
    .option("--json", "short for --format json: the API's answers, each with its verdict")
    .option("--csv", "short for --format csv: a row for each figure, see docs/results-files.md")
    .option("--issuer <name>", "the office that reports, for --format nist-errc (NIST SP 1500-100)")
    .action(async (electionId: string, options: Options) => {
      const format = options.json ? "json" : options.csv ? "csv" : options.format;
      if (options.region !== undefined && (options.byRegion || format === "nist-errc")) {
        throw new EnglishRefusal("--region asks for one region: leave it out to have all of them.");
      }
      const issuer = format === "nist-errc" ? issuerOf(options.issuer) : undefined;
      await withConnection(options, async ({ apiUrl }) => {
        const election = await fetchElection(apiUrl, electionId);
        const contests = () => withProgress((onProgress) => fetchContests(apiUrl, election, onProgress));
        if (issuer !== undefined) {
          print(JSON.stringify(nistReport({ election, contests: await contests() }, issuer), null, 2));
          return;
        }
        // As on the page, the sum of one region is that region.
        const [only, second] = election.definition.regions;
        const isOnly = format === "text" && options.byRegion !== true && second === undefined;
        const results = await fetchResults(apiUrl, election, options.region ?? (isOnly ? only?.regionId : undefined));
        const isByRegion = options.byRegion === true && election.voting_method !== "referendum";
        const all = [results, ...(isByRegion ? await contests() : [])];
        if (format === "json") {
          const told = all.map((one) => ({ ...one, verdict: verdictOf(election.definition, one) }));
          print(JSON.stringify(isByRegion ? told : told[0], null, 2));
        } else if (format === "csv") {
          process.stdout.write(
            resultsCsv(
              all.map((one) => ({ election, results: one, turnout: undefined })),
              "en",
            ),
          );
        } else {
          const decorated = process.stdout.isTTY && process.env.NO_COLOR === undefined;
          print(all.map((one) => formatResults(election, one, decorated)).join("\n\n"));
        }
      });
    });
}
