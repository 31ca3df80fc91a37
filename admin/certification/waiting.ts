import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";

/** What waits in the votes queue, and how long a message can stay in it. */

const RedrivePolicy = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ maxReceiveCount: z.coerce.number().int().positive() }));

const QueueAttributes = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  ApproximateNumberOfMessagesDelayed: z.coerce.number().default(0),
  VisibilityTimeout: z.coerce.number(),
  RedrivePolicy: RedrivePolicy.optional(),
  QueueArn: z.string(),
});
type QueueAttributes = Readonly<z.infer<typeof QueueAttributes>>;

export async function attributesOf({ sqs }: Connection, queueUrl: string): Promise<QueueAttributes> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }));
  return QueueAttributes.parse(Attributes);
}

/** Messages in a queue, those in flight and delayed included. */
export const total = (attributes: QueueAttributes): number =>
  attributes.ApproximateNumberOfMessages +
  attributes.ApproximateNumberOfMessagesNotVisible +
  attributes.ApproximateNumberOfMessagesDelayed;

/** CloudWatch has a queue's metrics within this time, in whole minutes. */
const METRICS_WITHIN_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

/** The greatest age of the queue's oldest message lately, in milliseconds; undefined when CloudWatch has none. */
export async function oldestAgeMs(
  { cloudwatch }: Connection,
  queueUrl: string,
  atMs: number,
): Promise<number | undefined> {
  const untilMs = Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries: [
        {
          Id: "oldest",
          MetricStat: {
            Metric: {
              Namespace: "AWS/SQS",
              MetricName: "ApproximateAgeOfOldestMessage",
              Dimensions: [{ Name: "QueueName", Value: queueUrl.slice(queueUrl.lastIndexOf("/") + 1) }],
            },
            Period: MINUTE_MS / 1000,
            Stat: "Maximum",
          },
        },
      ],
      StartTime: new Date(untilMs - METRICS_WITHIN_MS),
      EndTime: new Date(untilMs),
    }),
  );
  const ages = MetricDataResults.flatMap(({ Values = [] }) => Values);
  return ages.length === 0 ? undefined : Math.max(...ages) * 1000;
}

export type Waiting = Readonly<{
  messages: number;
  /**
   * The longest that a message can wait after its delay until it is decided or given up, in milliseconds: as many deliveries as
   * it is given, each after waiting behind others as the oldest does. Infinity when that cannot be known.
   */
  longestMs: number;
}>;

export async function messagesWaiting(connection: Connection, atMs: number): Promise<Waiting> {
  const attributes = await attributesOf(connection, connection.votesQueueUrl);
  const received = attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible;
  const messages = total(attributes);
  if (received === 0) return { messages, longestMs: 0 };
  const deliveries = attributes.RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
  const behindOthersMs = (await oldestAgeMs(connection, connection.votesQueueUrl, atMs)) ?? Number.POSITIVE_INFINITY;
  return { messages, longestMs: deliveries * (attributes.VisibilityTimeout * 1000 + behindOthersMs) };
}
