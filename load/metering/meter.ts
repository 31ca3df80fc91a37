import * as z from "zod";
import type { Consumption, Units } from "#load/metering/consumption.ts";
import { writtenByInsertions } from "#load/metering/insertion-units.ts";
import { type ServiceProxy, startServiceProxy } from "#load/metering/service-proxy.ts";

/**
 * A proxy in front of an embedded service that counts what AWS would bill: requests to SQS by action, and DynamoDB's own
 * answer of consumed capacity by table. It asks DynamoDB for that answer and changes nothing else. Insertions are reckoned,
 * because DynamoDB Local tells nothing of them.
 */

export type Reading = Readonly<{
  /** Requests by action, such as `SendMessage` or `PutItem`. */
  requests: ReadonlyMap<string, number>;
  /** Capacity units by table. */
  units: ReadonlyMap<string, Units>;
}>;

/** Its endpoint takes what should be metered. */
export type Meter = ServiceProxy & Readonly<{ read(): Reading }>;

const DYNAMODB = "DynamoDB_20120810";
const WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]);
const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);

const INSERTIONS = "BatchExecuteStatement";

/** A put or update that fails its condition is billed like one that does not, yet the answer names no table and no units. */
const FAILED_CONDITION_UNITS = 1;

const Consumed = z.object({ TableName: z.string(), CapacityUnits: z.number() });
const DynamoDbAnswer = z.looseObject({
  ConsumedCapacity: z.union([Consumed.transform((one) => [one]), z.array(Consumed)]).optional(),
  __type: z.string().optional(),
});
const DynamoDbRequest = z.looseObject({ TableName: z.string().optional() });

/** What a DynamoDB request consumed, by table. */
export function consumedBy(action: string, requestText: string, answerText: string): readonly Consumption[] {
  if (action === INSERTIONS) return writtenByInsertions(requestText, answerText);
  const answer = DynamoDbAnswer.parse(JSON.parse(answerText));
  const isWrite = WRITES.has(action);
  const unitsOf = (units: number): Units => ({ read: isWrite ? 0 : units, write: isWrite ? units : 0 });
  if (answer.__type?.endsWith("ConditionalCheckFailedException") === true) {
    const { TableName = "unknown" } = DynamoDbRequest.parse(JSON.parse(requestText));
    return [{ table: TableName, units: unitsOf(FAILED_CONDITION_UNITS) }];
  }
  return (answer.ConsumedCapacity ?? []).map(({ TableName, CapacityUnits }) => ({
    table: TableName,
    units: unitsOf(CapacityUnits),
  }));
}

/** What happened between two readings of a meter. */
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

/** Starts a meter in front of an embedded service, on a port of its own. */
export async function startMeter(target: string): Promise<Meter> {
  const requests = new Map<string, number>();
  const units = new Map<string, Units>();

  const count = (action: string, isBilled: boolean, requestText: string, answerText: string): void => {
    requests.set(action, (requests.get(action) ?? 0) + 1);
    if (!isBilled) return;
    for (const { table, units: consumed } of consumedBy(action, requestText, answerText)) {
      const sofar = units.get(table) ?? { read: 0, write: 0 };
      units.set(table, { read: sofar.read + consumed.read, write: sofar.write + consumed.write });
    }
  };

  const proxy = await startServiceProxy(target, async ({ service, action, body }, pass) => {
    const isBilled = service === DYNAMODB && (action === INSERTIONS || WRITES.has(action) || READS.has(action));
    const given = body.toString("utf8");
    const asked = isBilled ? JSON.stringify({ ...JSON.parse(given), ReturnConsumedCapacity: "TOTAL" }) : given;
    const answer = await pass(asked);
    count(action, isBilled, asked, answer.body.toString("utf8"));
    return answer;
  });
  return { ...proxy, read: () => ({ requests: new Map(requests), units: new Map(units) }) };
}
