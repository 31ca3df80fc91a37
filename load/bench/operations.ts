import { enrolElectorate, MIX, planPosts } from "#load/bench/electorate.ts";
import type { Figure } from "#load/bench/figures.ts";
import { runFlawlessly } from "#load/bench/flawless-run.ts";
import { looseEnd } from "#load/loose-ends.ts";
import { type Meter, type Reading, readingBetween, startMeter } from "#load/meter.ts";
import { grouped } from "#load/report.ts";
import { RunningSystem } from "#load/running-system.ts";
import { startSystem } from "#local/system.ts";

/** What AWS would bill for a vote: operations counted on their way between the functions and the services. */

const MOST_WRITE_UNITS_PER_VOTE = 1.35;
const MOST_READ_UNITS_PER_VOTE = 0.6;
const PER_VOTES = 10_000;

/** Actions of the watch that waits for the count, not of the system. */
const WATCHING = new Set(["GetQueueAttributes"]);

type MeteredRun = Readonly<{ dynamodb: Reading; sqs: Reading; invocations: ReadonlyMap<string, number> }>;

/** Votes on a system of its own whose every request to DynamoDB and SQS passes a meter. */
async function runMetered(port: number, votes: number): Promise<MeteredRun> {
  const meters: Meter[] = [];
  const meterOf = async (endpoint: string): Promise<Meter> => {
    const meter = await startMeter(endpoint);
    meters.push(meter);
    return meter;
  };
  let dynamodb: Meter | undefined;
  let sqs: Meter | undefined;
  try {
    const system = await startSystem({
      port,
      throughEndpoints: async (endpoints) => {
        dynamodb = await meterOf(endpoints.dynamodb);
        sqs = await meterOf(endpoints.sqs);
        return { ...endpoints, dynamodb: dynamodb.endpoint, sqs: sqs.endpoint };
      },
    });
    const stop = looseEnd(() => system.stop());
    try {
      if (dynamodb === undefined || sqs === undefined) throw new Error("the system did not ask for metered endpoints");
      const invocations = (): ReadonlyMap<string, number> =>
        new Map([...system.functions].map(([name, host]) => [name, host.invocations()]));
      // The watch goes past the meter: what it reads is not the system's.
      const running = RunningSystem.parse({ ...system, pid: process.pid });
      const plan = await planPosts(await enrolElectorate(running, votes), "half");
      const before = { dynamodb: dynamodb.read(), sqs: sqs.read(), invocations: invocations() };
      await runFlawlessly(running, plan);
      return {
        dynamodb: readingBetween(before.dynamodb, dynamodb.read()),
        sqs: readingBetween(before.sqs, sqs.read()),
        invocations: new Map(
          [...invocations()].map(([name, count]) => [name, count - (before.invocations.get(name) ?? 0)]),
        ),
      };
    } finally {
      await stop();
    }
  } finally {
    await Promise.all(meters.map((meter) => meter.stop()));
  }
}

/** The table's name in the design; the template's has more to it. */
function plainName(table: string): string {
  return (
    ["elections", "roll", "votes", "tallies", "review", "guesses"].find((name) => table.toLowerCase().includes(name)) ??
    table
  );
}

/** Counts operations while one voter after the other votes once, as fast as it goes, and tells them per 10,000 votes. */
export async function measureOperations(port: number, votes: number): Promise<readonly Figure[]> {
  const { dynamodb, sqs, invocations } = await runMetered(port, votes);
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
    ...[...invocations]
      .filter(([, count]) => count > 0)
      .map(([name, count]) => counted(`Lambda ${name}`, count, "invocations")),
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
