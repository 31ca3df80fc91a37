import { dynamoDb, secretsManagerClient, sqs } from "#functions/shared/aws-clients.ts";
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
    elections: electionsTable(dynamoDb(), env.ELECTIONS_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    queue: votesQueue(sqs(), env.VOTES_QUEUE_URL),
    pepperSecretPrefix: env.PEPPER_SECRET_PREFIX,
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    now: Date.now,
  }),
);
