import { consumedBy, isBilled } from "#load/metering/consumed.ts";
import { type ServiceProxy, startServiceProxy } from "#load/metering/service-proxy.ts";
import { type Counts, growth } from "#load/shared/accounting.ts";

export type Reading = Readonly<{
  requests: Counts;
  /** Capacity units that DynamoDB says it consumed, by table. */
  read: Counts;
  written: Counts;
}>;

export type Meter = ServiceProxy & Readonly<{ read(): Reading }>;

const DYNAMODB = "DynamoDB_20120810";

export function readingBetween(before: Reading, after: Reading): Reading {
  return {
    requests: growth(before.requests, after.requests),
    read: growth(before.read, after.read),
    written: growth(before.written, after.written),
  };
}

export async function startMeter(target: string): Promise<Meter> {
  const [requests, read, written] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, key: string, amount: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + amount);
  };
  const proxy = await startServiceProxy(target, async ({ service, action, body }, pass) => {
    add(requests, action, 1);
    if (service !== DYNAMODB || !isBilled(action)) return pass();
    const asked = JSON.stringify({ ...JSON.parse(body), ReturnConsumedCapacity: "TOTAL" });
    const answer = await pass(asked);
    for (const { table, units } of consumedBy(action, asked, answer.body)) {
      add(read, table, units.read);
      add(written, table, units.write);
    }
    return answer;
  });
  return {
    ...proxy,
    read: () => ({ requests: new Map(requests), read: new Map(read), written: new Map(written) }),
  };
}
