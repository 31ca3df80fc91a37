import { dynamoDb, secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { VoteStatusEnv } from "#functions/vote-status/env.ts";
import { createVoteStatusHandler } from "#functions/vote-status/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { votesTable } from "#storage/votes-table.ts";

const env = readEnvironment(VoteStatusEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createVoteStatusHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    box: votesTable(dynamodb, env.VOTES_TABLE),
    rejectedAttempts: rejectedAttemptsTable(dynamodb, env.REJECTED_ATTEMPTS_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    receiptKeyPrefix: env.RECEIPT_KEY_SECRET_PREFIX,
  }),
);
