import { Command } from "commander";
import { Refusal } from "#core/refusal.ts";
import { SCENARIOS, type Scenario, UNNAMED } from "#load/scenarios/scenario.ts";
import { httpUrl, oneOf, readArguments, wholeNumber } from "#load/shared/arguments.ts";

/** What `npm run load` is asked to do. */
export type LoadOptions = Omit<Given, "scenario"> &
  Readonly<{
    client: ClientName;
    /** Whether all posts come from one address, as from a hall or behind a phone network's. */
    oneAddress: boolean;
    /** Posts per second; undefined for as fast as possible. */
    rate: number | undefined;
    /** The named one, or a run of votes only, with the shares that the options say. */
    scenario: Scenario;
    /** Undefined for a run of votes only. */
    scenarioName: string | undefined;
    /** The most that the 95th percentile of posts may take; Infinity for no limit. */
    p95Ms: number;
  }>;

type Given = Readonly<{
  votes: number;
  client?: ClientName;
  oneAddress?: boolean;
  rate?: number | undefined;
  duplicates?: number;
  invalid?: number;
  scenario?: string;
  p95?: number;
  /** File for the report page. */
  report?: string;
  /** File for the run second by second. */
  json?: string;
  /** A system that runs already, in place of the one on PORT or one started for the run. */
  url?: string;
  /** An emulator of AWS with the stage `endpoint`. */
  endpoint?: string;
  /** A stage in AWS. */
  stage?: string;
}>;

const CLIENTS = ["artillery", "bare"] as const;
export type ClientName = (typeof CLIENTS)[number];

const MOST_VOTES = 1_000_000;
/** Beyond, artillery's own 2 ms a post would be most of the run. */
const MOST_VOTES_BY_ARTILLERY = 100_000;
const MOST_POSTS_PER_SECOND = 10_000;

/** A scenario's pace when none is given: a laptop keeps it, and few votes still last long enough for a rush. */
const SCENARIO_RATE = 100;
const SCENARIO_SECONDS = 30;

/** A client takes seconds to start: in a shorter run all posts would come before the closing, or after it. */
const SHORTEST_CLOSING_SECONDS = 15;

function requireTimeToClose({ votes, rate = Number.POSITIVE_INFINITY, scenario, scenarioName }: LoadOptions): void {
  if (!scenario.closes || votes / rate >= SHORTEST_CLOSING_SECONDS) return;
  const most = Math.floor(votes / SHORTEST_CLOSING_SECONDS);
  throw new Refusal(
    most === 0
      ? `Scenario ${scenarioName} takes at least ${SHORTEST_CLOSING_SECONDS} votes.`
      : `Scenario ${scenarioName} lasts at least ${SHORTEST_CLOSING_SECONDS} s: for ${votes} votes, --rate is at most ${most}.`,
  );
}

function optionsOf(given: Given): LoadOptions {
  const named = given.scenario === undefined ? undefined : SCENARIOS[given.scenario];
  const scenario = named ?? UNNAMED;
  return {
    ...given,
    client: given.client ?? (given.votes > MOST_VOTES_BY_ARTILLERY ? "bare" : "artillery"),
    oneAddress: given.oneAddress ?? false,
    rate:
      given.rate ??
      (named === undefined ? undefined : Math.min(SCENARIO_RATE, Math.ceil(given.votes / SCENARIO_SECONDS))),
    scenario: {
      ...scenario,
      duplicatesPercent: given.duplicates ?? scenario.duplicatesPercent,
      invalidPercent: given.invalid ?? scenario.invalidPercent,
    },
    scenarioName: given.scenario,
    p95Ms: given.p95 ?? scenario.p95Ms,
  };
}

const percent = wholeNumber(0, 100);
const scenarioList = Object.entries(SCENARIOS)
  .map(([name, { what }]) => `  ${name.padEnd(17)} ${what}`)
  .join("\n");

/** Prints the help when asked to and gives undefined; throws Refusal on bad arguments. */
export function readLoadOptions(args: readonly string[]): LoadOptions | undefined {
  const command = new Command("npm run load --")
    .description(
      "Votes against the system that runs on PORT (default 3000), or one started for the run, and says whether every accepted ballot was counted once. " +
        "Nobody else should vote meanwhile: their ballots would look like ballots counted twice.",
    )
    .requiredOption("--votes <number>", "fresh voters, each with one valid ballot", wholeNumber(1, MOST_VOTES))
    .option("--scenario <name>", "a kind of polling day, from the list below", oneOf(Object.keys(SCENARIOS)))
    .option(
      "--rate <per-second>",
      `posts per second, on average; as fast as 50 virtual users can without it; in a scenario ${SCENARIO_RATE}, or what takes ${SCENARIO_SECONDS} s`,
      wholeNumber(1, MOST_POSTS_PER_SECOND),
    )
    .option("--duplicates <percent>", "of the voters post their ballot a second time, on top of the votes", percent)
    .option(
      "--invalid <percent>",
      "posts on top of the votes that must never count: half from strangers to the roll, half with a NAS of eight digits",
      percent,
    )
    .option("--p95 <ms>", "most that 95 % of the posts may take; a scenario has its own", wholeNumber(1, 60_000))
    .option(
      "--client <name>",
      `artillery, or bare: a loop with less work of its own (the default beyond ${MOST_VOTES_BY_ARTILLERY.toLocaleString("en")} votes)`,
      oneOf(CLIENTS),
    )
    .option(
      "--one-address",
      "all posts come from one address, as from a hall; on this machine each voter has one otherwise, elsewhere never (CloudFront names the true one)",
    )
    .option("--report <file>", "write a page of the run: latency, votes in and counted, the queue")
    .option("--json <file>", "write the run second by second")
    .option("--url <url>", "of a system running on this machine, instead of PORT", httpUrl)
    .option(
      "--endpoint <url>",
      "of an AWS-compatible endpoint of this machine that npm run endpoint deployed to",
      httpUrl,
    )
    .option("--stage <name>", "a stage deployed in AWS whose votes do not count")
    .addHelpText(
      "after",
      `\nScenarios:\n${scenarioList}\n\nExit code 0: kept; 1: a ballot lost, counted twice or not sent; 3: an objective was missed, such as a time.`,
    );
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  if ([given.url, given.endpoint, given.stage].filter((one) => one !== undefined).length > 1) {
    throw new Refusal("Votes go to one system: --url, --endpoint or --stage.");
  }
  const options = optionsOf(given);
  requireTimeToClose(options);
  return options;
}
