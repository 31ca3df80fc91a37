import { Command, Option } from "commander";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { SCENARIOS, type Scenario, UNNAMED } from "#load/scenarios/scenario.ts";
import { httpUrl, readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type LoadOptions = Given &
  Readonly<{
    client: ClientName;
    /** The named one, or only votes, with the shares that the options set. */
    kind: Scenario;
    /** The most that the 95th percentile of posts may take; Infinity for no limit. */
    p95Ms: number;
  }>;

type Given = Readonly<{
  votes: number;
  scenario?: string;
  /** Posts per second; left out for as fast as possible. */
  rate?: number | undefined;
  duplicates?: number;
  invalid?: number;
  p95?: number;
  client?: ClientName;
  /** Whether all posts come from one address, as from a polling station or a mobile network. */
  oneAddress?: true;
  report?: string;
  json?: string;
  /** A running system, instead of the one on PORT or one started for the run. */
  url?: string;
  endpoint?: string;
  stage?: string;
}>;

const CLIENTS = ["artillery", "bare"] as const;
export type ClientName = (typeof CLIENTS)[number];

/** With more, artillery's own 2 ms a post would be most of the run. */
const MOST_VOTES_BY_ARTILLERY = 100_000;

/** A scenario's pace when none is given: a laptop keeps it, and few votes still last long enough for a rush. */
const SCENARIO_RATE = 100;
const SCENARIO_SECONDS = 30;

/** A client takes seconds to start: in a shorter run all posts would come before the closing, or after it. */
const SHORTEST_CLOSING_SECONDS = 15;

function requireTimeToClose({ votes, rate = Number.POSITIVE_INFINITY, scenario, kind }: LoadOptions): void {
  if (!kind.closes || votes / rate >= SHORTEST_CLOSING_SECONDS) return;
  const most = Math.floor(votes / SHORTEST_CLOSING_SECONDS);
  throw new EnglishRefusal(
    most === 0
      ? `Scenario ${scenario} takes at least ${SHORTEST_CLOSING_SECONDS} votes.`
      : `Scenario ${scenario} lasts at least ${SHORTEST_CLOSING_SECONDS} s: for ${votes} votes, --rate is at most ${most}.`,
  );
}

function optionsOf(given: Given): LoadOptions {
  const { votes, scenario } = given;
  const named = scenario === undefined ? undefined : SCENARIOS[scenario];
  const kind = named ?? UNNAMED;
  const rate = named === undefined ? undefined : Math.min(SCENARIO_RATE, Math.ceil(votes / SCENARIO_SECONDS));
  return {
    client: votes > MOST_VOTES_BY_ARTILLERY ? "bare" : "artillery",
    rate,
    ...given,
    kind: {
      ...kind,
      duplicatesPercent: given.duplicates ?? kind.duplicatesPercent,
      invalidPercent: given.invalid ?? kind.invalidPercent,
    },
    p95Ms: given.p95 ?? kind.p95Ms,
  };
}

const percent = wholeNumber(0, 100);
const scenarioList = Object.entries(SCENARIOS)
  .map(([name, { what }]) => `  ${name.padEnd(17)} ${what}`)
  .join("\n");
const scenario = new Option("--scenario <name>", "a kind of polling day, listed below");
const client = new Option(
  "--client <name>",
  `artillery, or bare: a loop with less overhead (the default beyond ${MOST_VOTES_BY_ARTILLERY.toLocaleString("en")} votes)`,
);
const url = new Option("--url <url>", "of a system running on this machine, instead of PORT");
const endpoint = new Option("--endpoint <url>", "of an AWS-compatible endpoint that npm run endpoint deployed to");
const stage = new Option("--stage <name>", "a stage deployed in AWS whose votes do not count");

export function readLoadOptions(args: readonly string[]): LoadOptions | undefined {
  const command = new Command("npm run load --")
    .description(
      "Votes against the system that runs on PORT (default 3000), or one started for the run, and says whether every accepted ballot was counted once. " +
        "Nobody else should vote meanwhile: their ballots would look like ballots counted twice.",
    )
    .requiredOption("--votes <number>", "fresh voters, each with one valid ballot", wholeNumber(1, 1_000_000))
    .addOption(scenario.choices(Object.keys(SCENARIOS)))
    .option(
      "--rate <per-second>",
      `posts per second, on average; as fast as 50 virtual users can without it; in a scenario ${SCENARIO_RATE}, or what takes ${SCENARIO_SECONDS} s`,
      wholeNumber(1, 10_000),
    )
    .option("--duplicates <percent>", "of the voters post their ballot a second time, on top of the votes", percent)
    .option(
      "--invalid <percent>",
      "posts on top of the votes that must never count: half from strangers to the roll, half with a NAS of eight digits",
      percent,
    )
    .option(
      "--p95 <ms>",
      "the time within which 95 % of the posts must be answered; scenarios have their own",
      wholeNumber(1, 60_000),
    )
    .addOption(client.choices(CLIENTS))
    .option(
      "--one-address",
      "all posts come from one address, as from a polling station; otherwise each voter has one, on this machine only (elsewhere CloudFront sends the true one)",
    )
    .option("--report <file>", "write a page about the run: latency, votes received and counted, the queue")
    .option("--json <file>", "write the run second by second")
    .addOption(url.argParser(httpUrl).conflicts(["endpoint", "stage"]))
    .addOption(endpoint.argParser(httpUrl).conflicts("stage"))
    .addOption(stage)
    .addHelpText(
      "after",
      `\nScenarios:\n${scenarioList}\n\nExit code 0: kept; 1: a ballot lost, counted twice or not sent; 3: an objective was missed, such as a time.`,
    );
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  const options = optionsOf(given);
  requireTimeToClose(options);
  return options;
}
