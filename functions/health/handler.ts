import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Health } from "#functions/health/contract.ts";
import { type HttpHandler, json } from "#functions/shared/http.ts";
import { keepAnswers } from "#functions/shared/kept-answers.ts";

export type HealthDependencies = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  /** Table names by what they hold. */
  tables: Readonly<Record<string, string>>;
  /** Queue URLs by what they hold. */
  queues: Readonly<Record<string, string>>;
  now: () => number;
}>;

/** Anybody may ask; the parts are asked at most once in this time. */
const CHECKED_EVERY_MS = 5_000;

/** Answers `GET /api/v1/health`: 200 when every part a vote needs answers, 503 when one does not. */
export function createHealthHandler({ dynamodb, sqs, tables, queues, now }: HealthDependencies): HttpHandler {
  const kept = keepAnswers<Health>(CHECKED_EVERY_MS, now);

  const check = async (name: string, ask: () => Promise<boolean>): Promise<[string, Health["checks"][string]]> => {
    const startedMs = now();
    const ok = await ask().catch(() => false);
    return [name, { status: ok ? "ok" : "failing", latency_ms: Math.max(0, Math.round(now() - startedMs)) }];
  };

  const checkAll = async (): Promise<Health> => {
    const tableChecks = Object.entries(tables).map(([name, tableName]) =>
      check(`table ${name}`, async () => {
        const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
        return Table?.TableStatus === "ACTIVE" || Table?.TableStatus === "UPDATING";
      }),
    );
    const queueChecks = Object.entries(queues).map(([name, queueUrl]) =>
      check(`queue ${name}`, async () => {
        await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }));
        return true;
      }),
    );
    const checks = Object.fromEntries(await Promise.all([...tableChecks, ...queueChecks]));
    const ok = Object.values(checks).every(({ status }) => status === "ok");
    return { status: ok ? "ok" : "failing", checks, checked_at: new Date(now()).toISOString() };
  };

  return async () => {
    const health = await kept("", checkAll);
    return json(health.status === "ok" ? 200 : 503, health);
  };
}
