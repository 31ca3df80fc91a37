import { ResultsEnv } from "#functions/results/env.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import { dynamoDb, secretsManagerClient } from "#functions/shared/aws-clients.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { talliesTable } from "#functions/shared/tallies-table.ts";
import { votesTable } from "#functions/shared/votes-table.ts";

const env = readEnvironment(ResultsEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createResultsHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    box: votesTable(dynamodb, env.VOTES_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    now: Date.now,
  }),
);
