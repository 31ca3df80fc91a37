import { consumedBy, isBilled, type Units } from "#load/metering/consumed.ts";
import { type ServiceProxy, startServiceProxy } from "#load/metering/service-proxy.ts";

/** Counts what AWS would bill: requests by action, and the capacity that DynamoDB says it consumed, by table. */

export type Reading = Readonly<{
  /** Requests by action, such as `SendMessage` or `PutItem`. */
  requests: ReadonlyMap<string, number>;
  /** Capacity units by table. */
  units: ReadonlyMap<string, Units>;
}>;

export type Meter = ServiceProxy & Readonly<{ read(): Reading }>;

const DYNAMODB = "DynamoDB_20120810";

/** What happened between two readings. */
export function readingBetween(before: Reading, after: Reading): Reading {
  const requests = [...after.requests].map(
    ([action, count]) => [action, count - (before.requests.get(action) ?? 0)] as const,
  );
  const units = [...after.units].map(([table, { read, write }]) => {
    const earlier = before.units.get(table) ?? { read: 0, write: 0 };
    return [table, { read: read - earlier.read, write: write - earlier.write }] as const;
  });
  return { requests: new Map(requests), units: new Map(units) };
}

/** Starts a meter in front of an embedded service. */
export async function startMeter(target: string): Promise<Meter> {
  const requests = new Map<string, number>();
  const units = new Map<string, Units>();

  const proxy = await startServiceProxy(target, async ({ service, action, body }, pass) => {
    const given = body.toString("utf8");
    requests.set(action, (requests.get(action) ?? 0) + 1);
    if (service !== DYNAMODB || !isBilled(action)) return pass(given);
    const asked = JSON.stringify({ ...JSON.parse(given), ReturnConsumedCapacity: "TOTAL" });
    const answer = await pass(asked);
    for (const { table, units: consumed } of consumedBy(action, asked, answer.body.toString("utf8"))) {
      const { read, write } = units.get(table) ?? { read: 0, write: 0 };
      units.set(table, { read: read + consumed.read, write: write + consumed.write });
    }
    return answer;
  });
  return { ...proxy, read: () => ({ requests: new Map(requests), units: new Map(units) }) };
}
