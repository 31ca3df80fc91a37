import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Measurements, Metric } from "#functions/runtime/measured/measurements.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import type { Told } from "#functions/system-status/disclosure.ts";

/** How much waits to be decided or counted, and for how long. */

const MINUTE_MS = 60_000;
/** An older delay is out of date. */
const LATELY_MINUTES = 5;
const PATIENCE_MS = 3_000;

/** Messages in a queue, those in flight included. */
export async function waitingIn(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
    { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
  );
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: taken } = Attributes ?? {};
  return Number(visible ?? 0) + Number(taken ?? 0);
}

export type DelaySource = Readonly<{ namespace: string; queueName: string; tallyFunctionName: string }>;

/** How old the oldest waiting message is, and how long counting takes, both in milliseconds. */
type Delays = Readonly<{ oldestWaitingMs: Told; countingMs: Told }>;

export function readDelays(measurements: Measurements, { namespace, queueName, tallyFunctionName }: DelaySource) {
  const metrics: readonly Metric[] = [
    {
      namespace: "AWS/SQS",
      name: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: queueName },
      stat: "Maximum",
    },
    { namespace, name: METRICS.timeToCount, dimensions: { service: "tally" }, stat: "Maximum" },
    // While counting fails, only this one grows.
    { namespace: "AWS/Lambda", name: "IteratorAge", dimensions: { FunctionName: tallyFunctionName }, stat: "Maximum" },
  ];
  return async (atMs: number): Promise<Delays> => {
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const [ages = [], ...delays] = await measurements.read(metrics, {
      fromMs: minuteMs - LATELY_MINUTES * MINUTE_MS,
      untilMs: minuteMs + MINUTE_MS,
      periodMs: MINUTE_MS,
    });
    const ageSeconds = ages.findLast((age) => age !== undefined);
    const countingMs = delays.flat().filter((delay) => delay !== undefined);
    return {
      oldestWaitingMs: ageSeconds === undefined ? "not-measured" : Math.round(ageSeconds * 1000),
      countingMs: countingMs.length === 0 ? "not-measured" : Math.round(Math.max(...countingMs)),
    };
  };
}
