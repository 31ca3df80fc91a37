import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { amountsIn, type MeteredSystem, useDuring } from "#load/metering/metered-system.ts";
import type { Counts } from "#load/shared/accounting.ts";
import { enrolElectorate, MIX, planPosts } from "#load/shared/electorate.ts";
import { type Figure, figure, mustBe } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";

const MOST_WRITE_UNITS_PER_VOTE = 1.35;
const MOST_READ_UNITS_PER_VOTE = 0.6;
const PER_VOTES = 10_000;
/** Tables' names in the README's diagram, by the start of their names in the template. */
const TABLES = {
  Elections: "elections",
  Roll: "roll",
  Votes: "votes",
  Tallies: "tallies",
  Published: "published",
  Board: "board",
  Guesses: "guesses",
  RejectedAttempts: "rejected-attempts",
} as const;

function plainName(table: string): string {
  return Object.entries(TABLES).find(([start]) => table.startsWith(start))?.[1] ?? table;
}

/** Counts operations while everybody votes once, as fast as possible; reported per 10,000 votes. */
export async function measureOperations(system: MeteredSystem, votes: number): Promise<readonly Figure[]> {
  const plan = await planPosts(await enrolElectorate(system.running, votes), "half");
  const use = await useDuring(system, () => runFlawlessly(system.running, plan));
  const { readUnits, writeUnits } = amountsIn(use);
  const reported = (counts: Counts, nameOf: (what: string) => string, unit: string): readonly Figure[] =>
    [...counts]
      .filter(([, count]) => count > 0)
      .map(([what, count]) =>
        figure(nameOf(what), (count / votes) * PER_VOTES, unit, undefined, `per ${grouped(PER_VOTES)} votes`),
      );
  const invocations = new Map([...use.functions].map(([name, each]) => [name, each.invocations]));
  const mix = `${MIX}, half of them sealed`;
  return [
    ...reported(use.sqs.requests, (action) => `SQS ${action}`, "requests"),
    ...reported(use.dynamodb.written, (table) => `DynamoDB ${plainName(table)}, written`, "units"),
    ...reported(use.dynamodb.read, (table) => `DynamoDB ${plainName(table)}, read`, "units"),
    ...reported(invocations, (name) => `Lambda ${name}`, "invocations"),
    figure("write units per vote", writeUnits / votes, "", mustBe("≤", MOST_WRITE_UNITS_PER_VOTE), mix),
    figure("read units per vote", readUnits / votes, "", mustBe("≤", MOST_READ_UNITS_PER_VOTE)),
  ];
}
