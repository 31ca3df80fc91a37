import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { reviewTable } from "#functions/shared/review-table.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { votesTable } from "#functions/shared/votes-table.ts";
import { StatusEnv } from "#functions/status/env.ts";
import { createStatusHandler } from "#functions/status/handler.ts";

const env = readEnvironment(StatusEnv, process.env);
const dynamodb = new DynamoDBClient();

export const handler = httpFunction(
  createStatusHandler({
    box: votesTable(dynamodb, env.VOTES_TABLE),
    review: reviewTable(dynamodb, env.REVIEW_TABLE),
    secrets: secretsManager(new SecretsManagerClient()),
    receiptSecretName: env.RECEIPT_SECRET_NAME,
  }),
);
