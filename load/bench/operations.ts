import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { type MeteredSystem, type SystemUse, useBetween, WATCHING } from "#load/metering/metered-system.ts";
import { enrolElectorate, MIX, planPosts } from "#load/shared/electorate.ts";
import type { Figure } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";

/** Operations that AWS would bill for a vote. */

const MOST_WRITE_UNITS_PER_VOTE = 1.35;
const MOST_READ_UNITS_PER_VOTE = 0.6;
const PER_VOTES = 10_000;

/** Votes on a metered system, as fast as it goes. */
async function runMetered(system: MeteredSystem, votes: number): Promise<SystemUse> {
  const plan = await planPosts(await enrolElectorate(system.running, votes), "half");
  const before = await system.read();
  await runFlawlessly(system.running, plan);
  return useBetween(before, await system.read());
}

/** The table's name in the design; the template's has more to it. */
function plainName(table: string): string {
  return (
    ["elections", "roll", "votes", "tallies", "review", "guesses"].find((name) => table.toLowerCase().includes(name)) ??
    table
  );
}

/** Counts operations while one voter after the other votes once, as fast as it goes, and tells them per 10,000 votes. */
export async function measureOperations(system: MeteredSystem, votes: number): Promise<readonly Figure[]> {
  const { dynamodb, sqs, functions } = await runMetered(system, votes);
  const per10k = (count: number): number => (count / votes) * PER_VOTES;
  const units = [...dynamodb.units].sort(([a], [b]) => a.localeCompare(b));
  const sum = (kind: "read" | "write"): number => units.reduce((total, [, consumed]) => total + consumed[kind], 0);
  const counted = (name: string, count: number, unit: string): Figure => ({
    name,
    value: per10k(count),
    unit,
    note: `per ${grouped(PER_VOTES)} votes`,
  });

  return [
    ...[...sqs.requests]
      .filter(([action, count]) => count > 0 && !WATCHING.has(action))
      .map(([action, count]) => counted(`SQS ${action}`, count, "requests")),
    ...units.flatMap(([table, { read, write }]) => [
      ...(write > 0 ? [counted(`DynamoDB ${plainName(table)}, written`, write, "units")] : []),
      ...(read > 0 ? [counted(`DynamoDB ${plainName(table)}, read`, read, "units")] : []),
    ]),
    ...[...functions]
      .filter(([, { invocations }]) => invocations > 0)
      .map(([name, { invocations }]) => counted(`Lambda ${name}`, invocations, "invocations")),
    {
      name: "write units per vote",
      value: sum("write") / votes,
      unit: "",
      target: { kind: "at-most", limit: MOST_WRITE_UNITS_PER_VOTE, isBinding: true },
      note: `${MIX}, half of them sealed`,
    },
    {
      name: "read units per vote",
      value: sum("read") / votes,
      unit: "",
      target: { kind: "at-most", limit: MOST_READ_UNITS_PER_VOTE, isBinding: true },
    },
  ];
}
