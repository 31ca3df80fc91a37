import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Checks whether each part that a vote needs answers. */

export type Parts<Table extends string = string, Queue extends string = string> = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  /** Table names, by part. */
  tables: Readonly<Record<Table, string>>;
  /** Queue URLs, by part. */
  queues: Readonly<Record<Queue, string>>;
  now: () => number;
}>;

/** Whether a part, such as `table votes`, answered, and after how many milliseconds. */
export type PartCheck<Name extends string = string> = Readonly<{ part: Name; ok: boolean; latencyMs: number }>;

/** A later answer counts as none. */
const PATIENCE_MS = 3_000;

/** Times a request to a part; one that fails or is too late is not ok. */
async function checkPart<Name extends string>(
  part: Name,
  now: () => number,
  ask: (patience: AbortSignal) => Promise<boolean>,
): Promise<PartCheck<Name>> {
  const startedMs = now();
  const ok = await ask(AbortSignal.timeout(PATIENCE_MS)).catch(() => false);
  return { part, ok, latencyMs: Math.max(0, Math.round(now() - startedMs)) };
}

/** Checks all tables and queues at once. */
export function checkParts<Table extends string, Queue extends string>({
  dynamodb,
  sqs,
  tables,
  queues,
  now,
}: Parts<Table, Queue>): Promise<readonly PartCheck<`table ${Table}` | `queue ${Queue}`>[]> {
  const namesOf = <Name extends string>(parts: Readonly<Record<Name, string>>) => Object.keys(parts) as Name[];
  const tableChecks = namesOf(tables).map((name) =>
    checkPart(`table ${name}`, now, async (abortSignal) => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tables[name] }), { abortSignal });
      return Table?.TableStatus === "ACTIVE" || Table?.TableStatus === "UPDATING";
    }),
  );
  const queueChecks = namesOf(queues).map((name) =>
    checkPart(`queue ${name}`, now, async (abortSignal) => {
      const question = new GetQueueAttributesCommand({ QueueUrl: queues[name], AttributeNames: ["QueueArn"] });
      await sqs.send(question, { abortSignal });
      return true;
    }),
  );
  return Promise.all([...tableChecks, ...queueChecks]);
}
