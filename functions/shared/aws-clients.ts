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
 * Without a logger the SDK still makes a filtered copy of every call's input and output for one, a tenth of its CPU. And
 * what is not made for a log can never get into one.
 */
function unlogged<Client extends { middlewareStack: { remove(name: string): boolean } }>(client: Client): Client {
  client.middlewareStack.remove("loggerMiddleware");
  return client;
}

export const dynamoDb = (): DynamoDBClient => traced(unlogged(new DynamoDBClient(settings)));
export const sqs = (): SQSClient => traced(unlogged(new SQSClient(settings)));
export const secretsManagerClient = (): SecretsManagerClient => traced(unlogged(new SecretsManagerClient(settings)));
