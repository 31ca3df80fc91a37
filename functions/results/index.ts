import { ResultsEnv } from "#functions/results/env.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import { dynamoDb, secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { votesTable } from "#storage/votes-table.ts";

const env = readEnvironment(ResultsEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createResultsHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    published: publishedTable(dynamodb, env.PUBLISHED_TABLE),
    box: votesTable(dynamodb, env.VOTES_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    receiptKeyPrefix: env.RECEIPT_KEY_SECRET_PREFIX,
    now: Date.now,
  }),
);
