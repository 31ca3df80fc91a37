import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { amountsIn, type MeteredSystem, useDuring } from "#load/metering/metered-system.ts";
import type { Counts } from "#load/shared/accounting.ts";
import { enrolElectorate, MIX, planPosts } from "#load/shared/electorate.ts";
import { type Figure, figure, mustBe } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";

const MOST_WRITE_UNITS_PER_VOTE = 1.35;
const MOST_READ_UNITS_PER_VOTE = 0.6;
const PER_VOTES = 10_000;
const TABLES = ["elections", "roll", "votes", "tallies", "review", "guesses"];

/** The table's name in the design; the template's has more to it. */
function plainName(table: string): string {
  return TABLES.find((name) => table.toLowerCase().includes(name)) ?? table;
}

/** Counts operations while one voter after the other votes once, as fast as it goes, and tells them per 10,000 votes. */
export async function measureOperations(system: MeteredSystem, votes: number): Promise<readonly Figure[]> {
  const plan = await planPosts(await enrolElectorate(system.running, votes), "half");
  const use = await useDuring(system, () => runFlawlessly(system.running, plan));
  const { readUnits, writeUnits } = amountsIn(use);
  const told = (counts: Counts, nameOf: (what: string) => string, unit: string): readonly Figure[] =>
    [...counts]
      .filter(([, count]) => count > 0)
      .map(([what, count]) =>
        figure(nameOf(what), (count / votes) * PER_VOTES, unit, undefined, `per ${grouped(PER_VOTES)} votes`),
      );
  const invocations = new Map([...use.functions].map(([name, each]) => [name, each.invocations]));
  const mix = `${MIX}, half of them sealed`;
  return [
    ...told(use.sqs.requests, (action) => `SQS ${action}`, "requests"),
    ...told(use.dynamodb.written, (table) => `DynamoDB ${plainName(table)}, written`, "units"),
    ...told(use.dynamodb.read, (table) => `DynamoDB ${plainName(table)}, read`, "units"),
    ...told(invocations, (name) => `Lambda ${name}`, "invocations"),
    figure("write units per vote", writeUnits / votes, "", mustBe("≤", MOST_WRITE_UNITS_PER_VOTE), mix),
    figure("read units per vote", readUnits / votes, "", mustBe("≤", MOST_READ_UNITS_PER_VOTE)),
  ];
}
