import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";

/**
 * The AWS clients of the functions. A function sends the same few commands over and over, so the SDK keeps the middleware it
 * resolves for each: building it for every call takes a third of a call's CPU.
 */
const settings = { cacheMiddleware: true } as const;

/** How often a call is tried, and the longest pause before the second try, in milliseconds, doubling with each further one. */
const TRIES = 5;
const FIRST_PAUSE_MS = 50;

/**
 * A throttled table has capacity again within milliseconds, but by default the SDK waits up to one second, then up to two, in
 * which a batch of ten votes timed out. Random, so that callers throttled together do not return together (DynamoDB guide,
 * "Error retries and exponential backoff").
 */
const soonAgain = (): ConfiguredRetryStrategy =>
  new ConfiguredRetryStrategy(TRIES, (retry) => Math.random() * FIRST_PAUSE_MS * 2 ** (retry - 1));

export const dynamoDb = (): DynamoDBClient => new DynamoDBClient({ ...settings, retryStrategy: soonAgain() });
/** Without MD5 checks: the signature covers the body, so SQS refuses one that was garbled. */
export const sqs = (): SQSClient => new SQSClient({ ...settings, md5: false });
export const secretsManagerClient = (): SecretsManagerClient => new SecretsManagerClient(settings);
