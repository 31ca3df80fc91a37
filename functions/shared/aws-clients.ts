import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { traced } from "#functions/shared/tracing.ts";

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

export const dynamoDb = (): DynamoDBClient => traced(without(new DynamoDBClient(settings), LOGGER, USER_AGENT));
export const sqs = (): SQSClient => traced(without(new SQSClient(settings), LOGGER, USER_AGENT));
/** Asked once in minutes, and by Powertools, which puts a name of its own behind the SDK's. */
export const secretsManagerClient = (): SecretsManagerClient =>
  traced(without(new SecretsManagerClient(settings), LOGGER));
