import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";

/**
 * The AWS clients of the functions. Each function sends the same few commands over and over, so the SDK may keep the
 * middleware it resolves for a command: without that it builds the stack anew for every call, a third of a call's CPU.
 */
const settings = { cacheMiddleware: true } as const;

export const dynamoDb = (): DynamoDBClient => new DynamoDBClient(settings);
export const sqs = (): SQSClient => new SQSClient(settings);
export const secretsManagerClient = (): SecretsManagerClient => new SecretsManagerClient(settings);
