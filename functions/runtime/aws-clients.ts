import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { traced } from "#functions/runtime/tracing.ts";

/**
 * The AWS clients of the functions. Each function sends the same few commands over and over, so the SDK may keep the
 * middleware it resolves for a command: without that it builds the stack anew for every call, a third of a call's CPU.
 */
const settings = { cacheMiddleware: true } as const;

/**
 * What the SDK does for every call and nobody asked for, a quarter of its CPU: without a logger it still makes a filtered copy
 * of input and output for one, and it tells AWS anew in each request which SDK and Node it is. And what is not made for a log
 * can never get into one.
 */
const LOGGER = "loggerMiddleware";
const USER_AGENT = "getUserAgentMiddleware";

function without<Client extends { middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
  ...names: readonly string[]
): Client {
  for (const name of names) client.middlewareStack.remove(name);
  return client;
}

/** How often a call is tried, and the longest pause before the second try, in milliseconds; it doubles with each. */
const TRIES = 5;
const FIRST_PAUSE_MS = 50;

/**
 * A throttled table has room again within milliseconds, and a function has seconds: left alone, the SDK waits up to one
 * second, then up to two, and a batch of ten votes ran out of its time. Random, so that those who were refused together do
 * not come back together (DynamoDB guide, "Error retries and exponential backoff").
 */
const soonAgain = (): ConfiguredRetryStrategy =>
  new ConfiguredRetryStrategy(TRIES, (retry) => Math.random() * FIRST_PAUSE_MS * 2 ** (retry - 1));

export const dynamoDb = (): DynamoDBClient =>
  traced(without(new DynamoDBClient({ ...settings, retryStrategy: soonAgain() }), LOGGER, USER_AGENT));
/** Without MD5 of what was sent: the request's signature covers its body, so SQS refuses one that was garbled on the way. */
export const sqs = (): SQSClient => traced(without(new SQSClient({ ...settings, md5: false }), LOGGER, USER_AGENT));
/** Asked once in minutes, and by Powertools, which puts a name of its own behind the SDK's. */
export const secretsManagerClient = (): SecretsManagerClient =>
  traced(without(new SecretsManagerClient(settings), LOGGER));
