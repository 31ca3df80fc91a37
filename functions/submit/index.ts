import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { votesQueue } from "#functions/shared/votes-queue.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";

const env = readEnvironment(SubmitEnv, process.env);

export const handler = httpFunction(
  createSubmitHandler({
    elections: electionsTable(new DynamoDBClient(), env.ELECTIONS_TABLE),
    secrets: secretsManager(new SecretsManagerClient()),
    queue: votesQueue(new SQSClient(), env.VOTES_QUEUE_URL),
    pepperSecretPrefix: env.PEPPER_SECRET_PREFIX,
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    now: Date.now,
  }),
);
