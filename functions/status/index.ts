import { dynamoDb, secretsManagerClient } from "#functions/shared/aws-clients.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { reviewTable } from "#functions/shared/review-table.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { votesTable } from "#functions/shared/votes-table.ts";
import { StatusEnv } from "#functions/status/env.ts";
import { createStatusHandler } from "#functions/status/handler.ts";

const env = readEnvironment(StatusEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createStatusHandler({
    box: votesTable(dynamodb, env.VOTES_TABLE),
    review: reviewTable(dynamodb, env.REVIEW_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    receiptSecretName: env.RECEIPT_SECRET_NAME,
  }),
);
